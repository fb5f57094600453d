package org.mapcost.model.vma;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.pat.CacheMode;

/// One user mapping (`struct vm_area_struct`): its place, its flags, the caching mode its driver
/// asked for, and its page-table entries.
public final class Vma {
  private final long start;
  private final long pages;
  private final Set<VmFlag> flags;
  private final UserPageTable pageTable;
  private CacheMode prot;
  private @Nullable TrackedRange tracked;

  /// A VMA in an address space; [Mm#map] makes it known there.
  ///
  /// @param mm the address space
  /// @param start its first address there, in pages
  /// @param pages its length, at least 1
  /// @param prot the cache bits of `vm_page_prot`, as the driver set them
  /// @param flags the flags at `mmap`
  public Vma(Mm mm, long start, long pages, CacheMode prot, Set<VmFlag> flags) {
    this(start, checked(pages), prot, flags, new UserPageTable(mm.tables(), start, pages));
  }

  /// A VMA by itself, from address 0 on.
  public Vma(long pages, CacheMode prot, Set<VmFlag> flags) {
    this(0, checked(pages), prot, flags, new UserPageTable(new PageTables(0), 0, pages));
  }

  private Vma(long start, long pages, CacheMode prot, Set<VmFlag> flags, UserPageTable pageTable) {
    this.start = start;
    this.pages = pages;
    this.prot = prot;
    this.flags = EnumSet.noneOf(VmFlag.class);
    this.flags.addAll(flags);
    this.pageTable = pageTable;
  }

  private static long checked(long pages) {
    if (pages < 1) {
      throw new IllegalArgumentException("a VMA has at least one page, not " + pages);
    }
    return pages;
  }

  /// A shared, writable mapping without further flags.
  public static Vma shared(long pages, CacheMode prot) {
    return new Vma(pages, prot, EnumSet.of(VmFlag.SHARED, VmFlag.MAYWRITE));
  }

  /// A part of it as a VMA of its own (`__split_vma`), with what it tracks.
  Vma part(long first, long count) {
    Vma part = new Vma(start + first, count, prot, flags, pageTable.part(first, count));
    part.tracked = tracked == null ? null : tracked.partOf(first, count);
    return part;
  }

  /// The same mapping elsewhere, entries included and what it tracks.
  ///
  /// @param count its length there, in pages
  Vma copy(Mm to, long at, long count) {
    Vma copy = new Vma(at, count, prot, flags, pageTable.copy(to.tables(), at, count));
    copy.tracked = tracked;
    return copy;
  }

  /// The number of its first page in the address space.
  public long start() {
    return start;
  }

  public long pages() {
    return pages;
  }

  /// The number of the first page behind it.
  public long end() {
    return start + pages;
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

  /// The same mapping elsewhere without any entry.
  Vma emptyCopy(Mm to) {
    return new Vma(to, start, pages, prot, flags);
  }

  /// Whether its entries may lie outside the kernel's page accounting, so that a flush of the TLB
  /// must not be put off (`VM_PFNMAP` or `VM_MIXEDMAP`).
  boolean isFragile() {
    return has(VmFlag.PFNMAP) || has(VmFlag.MIXEDMAP);
  }

  /// The cache bits of `vm_page_prot`.
  public CacheMode prot() {
    return prot;
  }

  void prot(CacheMode granted) {
    prot = granted;
  }

  /// The physical range whose memory type it keeps track of; null without one.
  @Nullable TrackedRange tracked() {
    return tracked;
  }

  void tracked(@Nullable TrackedRange range) {
    tracked = range;
  }

  public UserPageTable pageTable() {
    return pageTable;
  }
}
