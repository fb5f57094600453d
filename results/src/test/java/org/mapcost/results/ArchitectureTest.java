package org.mapcost.results;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Guards the borders of the house: modules form a line, the model is a plain library, and inside
/// it nothing points back.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.mapcost");

  private static final String MODEL = "org.mapcost.model..";
  private static final String BENCHMARKS = "org.mapcost.benchmarks..";
  private static final String RESULTS = "org.mapcost.results..";

  @Test
  void allThreeModulesAreSeen() {
    for (String module : new String[] {"model", "benchmarks", "results"}) {
      assertThat(
              CLASSES.stream().filter(c -> c.getPackageName().startsWith("org.mapcost." + module)))
          .as(module)
          .isNotEmpty();
    }
  }

  @Test
  void modulesFormALine() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BENCHMARKS, RESULTS)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(BENCHMARKS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(RESULTS)
        .check(CLASSES);
  }

  @Test
  void theModelIsAPlainLibrary() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.openjdk.jmh..", "java.lang.foreign..", "java.awt..", "picocli..")
        .because("the model knows no harness, no native code and no terminal")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("the model reads no clock and prints nothing")
        .check(CLASSES);
  }

  @Test
  void insideTheModelNothingPointsBack() {
    noClasses()
        .that()
        .resideInAnyPackage("org.mapcost.model.units..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.mapcost.model.cost..",
            "org.mapcost.model.machine..",
            "org.mapcost.model.kernel..",
            "org.mapcost.model.iomem..",
            "org.mapcost.model.pat..",
            "org.mapcost.model.strategy..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.mapcost.model.iomem..",
            "org.mapcost.model.pat..",
            "org.mapcost.model.pageattr..",
            "org.mapcost.model.tlb..",
            "org.mapcost.model.cache..",
            "org.mapcost.model.vma..",
            "org.mapcost.model.pool..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.mapcost.model.machine..", "org.mapcost.model.strategy..",
            "org.mapcost.model.simulation..", "org.mapcost.model.whatif..")
        .because("a mechanism knows neither prices nor strategies")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.mapcost.model.strategy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mapcost.model.simulation..", "org.mapcost.model.whatif..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.mapcost.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    CLASSES.stream()
        .map(c -> c.getPackage())
        .distinct()
        .filter(p -> !p.getName().contains("jmh_generated") && !p.getName().contains("templates"))
        .forEach(p ->
            assertThat(p.tryGetAnnotationOfType("org.jspecify.annotations.NullMarked"))
                .as("package-info of " + p.getName())
                .isPresent());
  }
}
