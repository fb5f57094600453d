package org.mapcost.benchmarks.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library's functions, one handle each.
///
/// Dangers:
/// * A handle that is no constant is not inlined, and a call with an inexact type is converted at
///   every call. Both cost more than a system call.
/// * Keeping errno costs a store and a load at each call.
///
/// So handles are static and final and called exactly. [#syscall] keeps errno and throws
/// [SystemCallException]; the functions that are measured keep none and return what the kernel
/// returns, for the caller to check. None is `critical`: any of them may block.
///
/// Rests on: numbers and types of the system calls of x86-64 Linux, and a C library with these
/// names (glibc and musl have them). Where a name is missing, loading this class fails with it.
@SuppressWarnings("restricted")
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final FunctionDescriptor RANGE =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final FunctionDescriptor CALL =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(1);

  private static final MethodHandle MPROTECT = handle("mprotect", RANGE);
  private static final MethodHandle MADVISE = handle("madvise", RANGE);
  private static final MethodHandle MUNMAP =
      handle("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SYSCALL = handle("syscall", CALL, VARIADIC);
  private static final MethodHandle SYSCALL_WITH_ERRNO =
      handle("syscall", CALL, VARIADIC, Linker.Option.captureCallState("errno"));

  private Libc() {}

  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(
                () -> new UnsupportedOperationException("the C library has no '" + name + "'"));
    return LINKER.downcallHandle(function, type, options);
  }

  /// Returns 0, or -1 where it failed.
  static int mprotect(long address, long bytes, int protection) {
    try {
      return (int) MPROTECT.invokeExact(address, bytes, protection);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Returns 0, or -1 where it failed.
  static int madvise(long address, long bytes, int advice) {
    try {
      return (int) MADVISE.invokeExact(address, bytes, advice);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Returns 0, or -1 where it failed.
  static int munmap(long address, long bytes) {
    try {
      return (int) MUNMAP.invokeExact(address, bytes);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Any system call of up to three arguments. Returns what it does, or -1 where it failed.
  static long quickly(long number, long a, long b, long c) {
    try {
      return (long) SYSCALL.invokeExact(number, a, b, c, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Any system call. Throws [SystemCallException] where it fails.
  ///
  /// @param what what is called for what, for the message
  /// @param arguments six at most; the rest is 0
  static long syscall(String what, long number, long... arguments) {
    long[] six = java.util.Arrays.copyOf(arguments, 6);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result;
      try {
        result =
            (long)
                SYSCALL_WITH_ERRNO.invokeExact(
                    state, number, six[0], six[1], six[2], six[3], six[4], six[5]);
      } catch (Throwable e) {
        throw unexpected(e);
      }
      if (result == -1) {
        throw new SystemCallException(what, (int) ERRNO.get(state, 0L));
      }
      return result;
    }
  }

  /// The memory at an address that is mapped.
  static MemorySegment memory(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static RuntimeException unexpected(Throwable e) {
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
