package org.mapcost.model.vma;

import java.util.EnumSet;
import java.util.Set;
import org.mapcost.model.pat.CacheMode;

/// One user mapping (`struct vm_area_struct`): its flags, the caching mode its driver asked for,
/// and its page table.
public final class Vma {
  private final long pages;
  private final Set<VmFlag> flags;
  private final UserPageTable pageTable;
  private CacheMode prot;

  /// @param pages its length, at least 1
  /// @param prot the cache bits of `vm_page_prot`, as the driver set them
  /// @param flags the flags at `mmap`
  public Vma(long pages, CacheMode prot, Set<VmFlag> flags) {
    if (pages < 1) {
      throw new IllegalArgumentException("a VMA has at least one page, not " + pages);
    }
    this.pages = pages;
    this.prot = prot;
    this.flags = EnumSet.noneOf(VmFlag.class);
    this.flags.addAll(flags);
    this.pageTable = new UserPageTable(pages);
  }

  /// A shared, writable mapping without further flags.
  public static Vma shared(long pages, CacheMode prot) {
    return new Vma(pages, prot, EnumSet.of(VmFlag.SHARED, VmFlag.MAYWRITE));
  }

  public long pages() {
    return pages;
  }

  public boolean has(VmFlag flag) {
    return flags.contains(flag);
  }

  public Vma set(VmFlag... more) {
    flags.addAll(Set.of(more));
    return this;
  }

  void clear(VmFlag flag) {
    flags.remove(flag);
  }

  public Set<VmFlag> flags() {
    return EnumSet.copyOf(flags);
  }

  /// `is_cow_mapping`: private, and writing is or may be allowed, so that a write copies the page.
  public boolean isCow() {
    return !has(VmFlag.SHARED) && has(VmFlag.MAYWRITE);
  }

  /// The cache bits of `vm_page_prot`.
  public CacheMode prot() {
    return prot;
  }

  void prot(CacheMode granted) {
    prot = granted;
  }

  public UserPageTable pageTable() {
    return pageTable;
  }
}
