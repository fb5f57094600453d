package org.mapcost.benchmarks.host;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `jdk.internal.misc.Unsafe.writebackMemory`, reached by a method handle: the module does not have
/// to be compiled against the JDK's own packages, and a JVM without the flag says what is missing.
final class WriteBackMemory {
  /// The flag a JVM needs.
  static final String EXPORT = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

  private static final @Nullable MethodHandle WRITE_BACK;
  private static final String WHY_NOT;

  static {
    MethodHandle handle = null;
    String reason = "";
    try {
      Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object instance =
          lookup.findStatic(unsafe, "getUnsafe", MethodType.methodType(unsafe)).invoke();
      boolean enabled =
          (boolean)
              lookup
                  .findStatic(unsafe, "isWritebackEnabled", MethodType.methodType(boolean.class))
                  .invoke();
      if (enabled) {
        handle =
            lookup
                .findVirtual(
                    unsafe,
                    "writebackMemory",
                    MethodType.methodType(void.class, long.class, long.class))
                .bindTo(instance);
      } else {
        reason = "the JVM finds no CLWB, CLFLUSHOPT or CLFLUSH on this CPU";
      }
    } catch (IllegalAccessException e) {
      reason = "the JVM was started without " + EXPORT;
    } catch (Throwable e) {
      reason = "this JDK has no writebackMemory (" + e.getClass().getSimpleName() + ")";
    }
    WRITE_BACK = handle;
    WHY_NOT = reason;
  }

  private WriteBackMemory() {}

  static boolean supported() {
    return WRITE_BACK != null;
  }

  /// Why it is not supported, in a sentence without its full stop.
  static String whyNot() {
    return WHY_NOT;
  }

  static void writeBack(long address, long bytes) {
    MethodHandle handle = WRITE_BACK;
    if (handle == null) {
      throw new NotHere(WHY_NOT);
    }
    try {
      handle.invokeExact(address, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// The instruction the JDK takes on this CPU, by the flags of `/proc/cpuinfo`.
  static String instruction() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
      List<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> Arrays.asList(line.split("\\s+")))
              .orElse(List.of());
      return flags.contains("clwb")
          ? "CLWB"
          : flags.contains("clflushopt") ? "CLFLUSHOPT" : "CLFLUSH";
    } catch (IOException e) {
      return "an unknown instruction";
    }
  }
}
