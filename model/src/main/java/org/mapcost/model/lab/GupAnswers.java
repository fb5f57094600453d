package org.mapcost.model.lab;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.vma.GetUserPages.Answer;
import org.mapcost.model.vma.GetUserPages.Call;
import tools.jackson.databind.JsonNode;

/// The ways in which a test of scenario D asked for a page of its mapping, and what it got: the
/// driver's page, a copy, no page, some page, or an errno.
final class GupAnswers {
  private static final Pattern LINE =
      Pattern.compile(
          "gup (?:module )?(?<way>.+) ret=(?<ret>-?\\d+)(?: errno=(?<errno>\\d+))?"
              + "(?: same_pfn_as_source=(?<same>-?\\d+))?.*");

  private GupAnswers() {}

  /// Puts what a test printed beside what the model says of its mapping.
  static void compare(JsonNode test, InsertionMapping mapping, ComparedCall.Builder sides) {
    for (JsonNode line : test.path("stdout")) {
      Matcher matcher = LINE.matcher(line.asString());
      if (matcher.matches()) {
        String way = matcher.group("way");
        sides.put(
            "gup " + way,
            recorded(matcher.group("ret"), matcher.group("errno"), matcher.group("same")),
            modelled(way, mapping));
      }
    }
  }

  private static String recorded(String ret, @Nullable String errno, @Nullable String same) {
    int returned = Integer.parseInt(ret);
    if (returned < 0) {
      return errno == null || errno.equals("0") ? ret : "-" + errno;
    }
    if (same == null) {
      return "some page";
    }
    return switch (Integer.parseInt(same)) {
      case 1 -> "page";
      case 0 -> "copy";
      default -> "no page";
    };
  }

  private static String modelled(String way, InsertionMapping mapping) {
    boolean tellsWhich = way.contains("user_pages_fast");
    boolean fast = tellsWhich || way.equals("vmsplice");
    boolean pins = way.startsWith("pin_") || way.startsWith("process_vm_");
    Call call = fast ? (pins ? Call.PIN_FAST : Call.GET_FAST) : (pins ? Call.PIN : Call.GET);
    Answer answer = mapping.getUserPages().of(call, mapping.vma(), 0);
    return switch (answer) {
      case PAGE, COPY, NO_PAGE ->
          tellsWhich ? answer.name().toLowerCase(Locale.ROOT).replace('_', ' ') : "some page";
      case EFAULT -> way.startsWith("/proc/self/mem") ? "-5" : "-14";
      case EEXIST -> {
        if (way.startsWith("/proc/self/mem")) {
          yield "-5";
        }
        yield way.startsWith("process_vm_") ? "-14" : "-17";
      }
    };
  }
}
