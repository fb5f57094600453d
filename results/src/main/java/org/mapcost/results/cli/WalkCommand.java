package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;
import org.mapcost.model.iomem.Landmark;
import org.mapcost.model.iomem.ResourceTree;
import org.mapcost.model.kernel.Kernel;
import org.mapcost.model.pat.RamQuery;
import org.mapcost.model.units.PhysicalAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How many nodes of the resource tree one memory-type look-up visits, which, and why it stops.
@Command(
    name = "walk",
    description = {
      "How many nodes of the resource tree one look-up of a page's memory type visits.",
      "Without an address: a few telling places of the tree."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  mapcost walk --address 0xfd000000 --kernel 6.1 --explain",
      "  mapcost walk --iomem iomem.txt --addresses - --format json < addresses.txt"
    })
final class WalkCommand implements Runnable {
  @Mixin PlatformOptions platform = new PlatformOptions();
  @Mixin FormatOption format = new FormatOption();
  @Spec CommandSpec spec;

  @Option(
      names = "--address",
      paramLabel = "0xADDR",
      description = "A physical address; its page is looked up. Repeatable.")
  List<String> addresses = new ArrayList<>();

  @Option(
      names = "--addresses",
      paramLabel = "FILE",
      description = "A file with one physical address a line; - is standard input.")
  @Nullable String addressFile;

  @Option(
      names = "--range",
      paramLabel = "START-END",
      description = "A physical range, END exclusive, asked for at once. Repeatable.")
  List<String> ranges = new ArrayList<>();

  @Option(
      names = "--explain",
      description =
          "Draw the visited part of the tree with the reason at each node (table and json).")
  boolean explain;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Kernel kernel = platform.kernel();
    List<Question> questions = questions();
    PlatformTree on = platform.tree(Mapcost.warnings(spec));
    if (questions.isEmpty()) {
      Landmark.of(on.tree())
          .forEach(each -> questions.add(Question.page(each.address(), each.name())));
    }
    List<RamQuery> answers = new ArrayList<>();
    for (Question question : questions) {
      answers.add(RamQuery.ask(on.tree(), kernel.resourceWalk(), question.start, question.end));
    }
    switch (format.format) {
      case JSON -> {
        for (int i = 0; i < answers.size(); i++) {
          out.println(Json.line(json(on, kernel, questions.get(i), answers.get(i))));
        }
      }
      case TABLE, CSV, MARKDOWN -> table(on, questions, answers).print(format.format, out);
    }
    if (explain && format.format == OutputFormat.TABLE) {
      for (int i = 0; i < answers.size(); i++) {
        explain(on.tree(), kernel, questions.get(i), answers.get(i), out);
      }
    }
    if (format.format == OutputFormat.TABLE) {
      out.printf(
          "%nTree: %s, %d nodes, %d at top level. Kernel: %s, walk %s. Counts are exact.%n",
          on.describe(),
          on.tree().size(),
          on.tree().topLevelNodes(),
          kernel.label(),
          kernel.resourceWalk().key());
    }
  }

  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    addresses.forEach(text -> questions.add(Question.page(PhysicalAddress.parse(text), "")));
    if (addressFile != null) {
      for (PhysicalAddress address : AddressList.read(addressFile)) {
        questions.add(Question.page(address, ""));
      }
    }
    ranges.forEach(text -> questions.add(Question.range(text)));
    return questions;
  }

  /// What is asked: the bytes from `start` up to, not including, `end`.
  private record Question(String name, String text, long start, long end) {
    static Question page(PhysicalAddress address, String name) {
      long page = address.pfn() << PhysicalAddress.PAGE_SHIFT;
      return new Question(
          name, address.toString(), page, page + (1L << PhysicalAddress.PAGE_SHIFT));
    }

    static Question range(String text) {
      int dash = text.indexOf('-');
      if (dash < 0) {
        throw new InputException(
            "'"
                + text
                + "' is no range: write START-END, END exclusive, such as 0x100000-0x200000.");
      }
      PhysicalAddress start = PhysicalAddress.parse(text.substring(0, dash));
      PhysicalAddress end = PhysicalAddress.parse(text.substring(dash + 1));
      if (end.compareTo(start) <= 0) {
        throw new InputException("the range '" + text + "' is empty: its END is exclusive.");
      }
      return new Question("", start + "-" + end, start.value(), end.value());
    }
  }

  private Map<String, Object> json(
      PlatformTree on, Kernel kernel, Question question, RamQuery answer) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", "mapcost/walk/1");
    object.put("iomem", on.describe());
    object.put("kernel", kernel.label());
    object.put("resource_walk", kernel.resourceWalk().key());
    object.put(question.text.contains("-") ? "range" : "address", question.text);
    object.put("walks", answer.walks().size());
    object.put("visited", answer.visited());
    object.put("ram", answer.ram().key());
    object.put("visited_nodes", answer.visitedNodes());
    if (explain) {
      List<Object> steps = new ArrayList<>();
      for (RamQuery.Walk walk : answer.walks()) {
        for (RamQuery.Step step : walk.steps(on.tree(), kernel.resourceWalk())) {
          steps.add(
              Json.object(
                  "number", step.node().number(),
                  "node", step.node().toString(),
                  "reason", step.reason()));
        }
      }
      object.put("steps", steps);
    }
    return object;
  }

  private static Table table(PlatformTree on, List<Question> questions, List<RamQuery> answers) {
    Table table = new Table("address", "what", "walks", "visited", "nodes", "ram");
    for (int i = 0; i < answers.size(); i++) {
      Question question = questions.get(i);
      RamQuery answer = answers.get(i);
      String what =
          question.name.isEmpty() ? Landmark.at(on.tree(), question.start) : question.name;
      table.row(
          question.text,
          what,
          answer.walks().size(),
          answer.visited(),
          on.tree().size(),
          answer.ram().key());
    }
    return table;
  }

  private static void explain(
      ResourceTree tree, Kernel kernel, Question question, RamQuery answer, PrintWriter out) {
    out.printf("%n%s:%n", question.text);
    if (answer.walks().isEmpty()) {
      out.println("  no walk: pages below 1 MiB count as the ISA area, which is not RAM.");
    }
    for (RamQuery.Walk walk : answer.walks()) {
      out.printf("  walk for %x-%x:%n", walk.start(), walk.end());
      walk.steps(tree, kernel.resourceWalk())
          .forEach(step ->
              out.printf(
                  "  %6d  %s%s   <- %s%n",
                  step.node().number(),
                  "  ".repeat(step.node().depth()),
                  step.node(),
                  step.reason()));
    }
  }
}
