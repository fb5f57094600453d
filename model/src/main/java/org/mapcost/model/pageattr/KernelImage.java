package org.mapcost.model.pageattr;

/// The kernel itself, which is mapped a second time at a high address: a change of its pages is
/// made there too, and flushes everything.
///
/// @param first the first page frame of the image
/// @param highMap the second mapping, which counts its pages from 0
public record KernelImage(long first, DirectMap highMap) {
  boolean contains(long pfn) {
    return pfn >= first && pfn - first < highMap.pages();
  }
}
