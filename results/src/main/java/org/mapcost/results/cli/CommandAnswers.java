package org.mapcost.results.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.InputException;
import org.mapcost.model.cost.Interval;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.strategy.Comparison;
import org.mapcost.results.published.Answers;
import org.mapcost.results.published.Question;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers questions by the commands themselves: their options, their model, their figures.
///
/// Of `price` and `compare` the figure is taken before it is printed, so that what two answers
/// share is not forgotten; of any other command it is read from its JSON. Safe for use by several
/// threads.
final class CommandAnswers implements Answers {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final Map<List<String>, Object> known = new ConcurrentHashMap<>();

  @Override
  public Uncertain answer(Question question, Map<String, String> replaced) {
    List<String> words = question.words(replaced);
    Object answer = known.computeIfAbsent(words, CommandAnswers::ask);
    return switch (answer) {
      case Price price -> bill(price, question);
      case Comparison comparison -> ofStrategy(comparison, question);
      case JsonNode json -> printed(json, question);
      default -> throw new IllegalStateException(question + " has no answer");
    };
  }

  private static Object ask(List<String> words) {
    return switch (words.getFirst()) {
      case "price" -> {
        PriceCommand command = new PriceCommand();
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        yield command.price();
      }
      case "compare" -> {
        List<String> quietly = new ArrayList<>(words);
        quietly.add("--quiet");
        CommandLine.ParseResult parsed =
            Subcommands.of(new Mapcost(), quietly).parseArgs(quietly.toArray(String[]::new));
        CompareCommand command = (CompareCommand) parsed.subcommand().commandSpec().userObject();
        yield command.comparison(new PrintWriter(Writer.nullWriter()));
      }
      default -> json(words);
    };
  }

  private static JsonNode json(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--format", "json", "--quiet"));
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    if (exit != 0) {
      throw new InputException(
          "'mapcost " + String.join(" ", words) + "' failed: " + err.toString().strip());
    }
    return MAPPER.readTree(out.toString());
  }

  private static Uncertain bill(Price price, Question question) {
    return switch (question.of()) {
      case "caller" -> price.callerTime();
      case "stolen" -> price.stolenTime();
      default -> throw unknown(question);
    };
  }

  private static Uncertain ofStrategy(Comparison comparison, Question question) {
    String[] path = question.of().split("/", 2);
    Comparison.Entry entry =
        comparison.entries().stream()
            .filter(each -> each.strategy().name().equals(path[0]))
            .findFirst()
            .orElseThrow(() -> unknown(question));
    if (path.length == 1) {
      return entry.first().total().callerTime();
    }
    Price mechanism = entry.first().byMechanism().get(path[1]);
    if (mechanism == null) {
      throw unknown(question);
    }
    return mechanism.callerTime();
  }

  private static Uncertain printed(JsonNode json, Question question) {
    JsonNode ends = json.get(question.of() + "_ns");
    if (ends == null || ends.size() != 3) {
      throw unknown(question);
    }
    return Uncertain.input(
        question.toString(),
        new Interval(ends.get(0).asDouble(), ends.get(1).asDouble(), ends.get(2).asDouble()));
  }

  private static InputException unknown(Question question) {
    return new InputException("'" + question + "' has no figure '" + question.of() + "'.");
  }
}
