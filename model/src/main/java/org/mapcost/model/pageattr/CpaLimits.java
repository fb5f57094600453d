package org.mapcost.model.pageattr;

/// What an attribute change may lack.
///
/// @param clflush whether the CPU can flush single cache lines, as all since the Pentium 4 can;
///   without, every CPU empties its caches
/// @param splits how many large pages can still be split before there is no memory for another page
///   table; zero or more
public record CpaLimits(boolean clflush, long splits) {
  /// A CPU with `clflush`, and memory for every split.
  public static final CpaLimits NONE = new CpaLimits(true, Long.MAX_VALUE);

  public CpaLimits {
    if (splits < 0) {
      throw new IllegalArgumentException("splits are zero or more, not " + splits);
    }
  }
}
