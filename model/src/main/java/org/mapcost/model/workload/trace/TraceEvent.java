package org.mapcost.model.workload.trace;

/// A recorded event that means something here.
public sealed interface TraceEvent {
  /// When, where and whose.
  Origin origin();

  /// The head of a line.
  ///
  /// @param at nanoseconds from the trace's own beginning of time
  /// @param cpu on which CPU
  /// @param pid of which thread
  /// @param comm the thread's name
  record Origin(double at, int cpu, long pid, String comm) {}

  /// `tlb_flush` (`include/trace/events/tlb.h`).
  ///
  /// @param pages how many; [#EVERYTHING] for a flush of all, 0 where the reason implies it
  record TlbFlush(Origin origin, long pages, Reason reason) implements TraceEvent {
    /// As the kernel writes a full flush.
    public static final long EVERYTHING = -1;
  }

  /// Why a TLB is flushed (`enum tlb_flush_reason`), in the kernel's order.
  enum Reason {
    /// Another address space is loaded.
    TASK_SWITCH,
    /// This CPU was interrupted for it.
    REMOTE_SHOOTDOWN,
    /// All of this CPU's own TLB.
    LOCAL_SHOOTDOWN,
    /// This CPU's own share of a flush of one address space.
    LOCAL_MM_SHOOTDOWN,
    /// Other CPUs are interrupted for it.
    REMOTE_SEND_IPI,
    /// A CPU was interrupted that had no need (newer kernels).
    REMOTE_WRONG_CPU
  }

  /// `page_fault_user` and `page_fault_kernel` (`arch/x86/include/asm/trace/exceptions.h`).
  ///
  /// @param address where
  /// @param error the processor's error code
  record PageFault(Origin origin, long address, long error) implements TraceEvent {
    private static final long PROTECTION = 1;
    private static final long WRITE = 2;

    /// Whether the page was there, and the access not allowed: a copy on write, most often.
    public boolean isProtection() {
      return (error & PROTECTION) != 0;
    }

    public boolean isWrite() {
      return (error & WRITE) != 0;
    }
  }

  /// A buffer is made: `i915_gem_object_create`, `amdgpu_bo_create`.
  ///
  /// @param object the kernel's address of it; used again once the buffer is gone
  /// @param pages its size, at least 1
  /// @param vram whether it is asked for in the device's memory
  record Create(Origin origin, long object, long pages, boolean vram) implements TraceEvent {}

  /// A buffer is gone: `i915_gem_object_destroy`.
  record Destroy(Origin origin, long object) implements TraceEvent {}

  /// A program touches a page of a buffer that is not mapped: `i915_gem_object_fault`.
  ///
  /// @param page the page within the buffer
  record ObjectFault(Origin origin, long object, long page) implements TraceEvent {}

  /// A buffer gets other memory: `amdgpu_bo_move`, `amdgpu_ttm_bo_move` before 4.9.
  ///
  /// @param pages its size, at least 1
  /// @param vram whether it goes into the device's memory, rather than out of it
  record Move(Origin origin, long object, long pages, boolean vram) implements TraceEvent {}
}
