package org.mapcost.model.lab;

import org.mapcost.model.vma.GetUserPages.Answer;
import org.mapcost.model.vma.GetUserPages.Call;
import tools.jackson.databind.JsonNode;

/// The ways in which the lab asked for a page, as numbers that can be compared: an errno, or a sign
/// for which page it was.
final class LabGup {
  private static final int PAGE = 1;
  private static final int COPY = 2;
  private static final int NO_PAGE = 3;
  private static final int SOME = 4;

  private LabGup() {}

  /// A recorded result: the return value, and where it is known whether it is the driver's page
  /// (1), another (0) or none (-2).
  static int recorded(JsonNode result) {
    int returned = result.get(0).asInt();
    if (returned < 0) {
      return returned;
    }
    if (result.size() == 1) {
      return SOME;
    }
    return switch (result.get(1).asInt()) {
      case 1 -> PAGE;
      case 0 -> COPY;
      case -2 -> NO_PAGE;
      default -> throw new IllegalArgumentException(result.toString());
    };
  }

  /// What the model says for one of the lab's ways.
  static int of(String way, LabMapping mapping) {
    boolean fast = way.contains("user_pages_fast") || way.equals("vmsplice");
    boolean pins = way.startsWith("pin_") || way.startsWith("process_vm_");
    Call call = fast ? (pins ? Call.PIN_FAST : Call.GET_FAST) : (pins ? Call.PIN : Call.GET);
    Answer answer = mapping.getUserPages().of(call, mapping.vma(), 0);
    boolean tellsWhich = way.contains("user_pages_fast");
    return switch (answer) {
      case PAGE -> tellsWhich ? PAGE : SOME;
      case COPY -> tellsWhich ? COPY : SOME;
      case NO_PAGE -> tellsWhich ? NO_PAGE : SOME;
      case EFAULT -> way.startsWith("/proc/self/mem") ? -5 : -14;
      case EEXIST -> {
        if (way.startsWith("/proc/self/mem")) {
          yield -5;
        }
        yield way.startsWith("process_vm_") ? -14 : -17;
      }
    };
  }
}
