package org.mapcost.model.machine.price;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mapcost.model.cost.Conditions;
import org.mapcost.model.cost.Conditions.Heat;
import org.mapcost.model.cost.Conditions.LineMix;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.FlushRound;
import org.mapcost.model.cost.FlushRound.Form;
import org.mapcost.model.cost.LineState;
import org.mapcost.model.cost.Lock;
import org.mapcost.model.cost.Price;
import org.mapcost.model.cost.PriceList;
import org.mapcost.model.cost.Uncertain;
import org.mapcost.model.kernel.Operation;
import org.mapcost.model.machine.Machine;
import org.mapcost.model.machine.Parameter;

/// The prices of one machine under one kernel. Safe for use by several threads.
public final class MachinePrices implements PriceList {
  /// Sweeps over trees ask for one price a tree.
  private static final int MOST_NODES = 20_000;

  private static final LineMix ABSENT = new LineMix(0, 0);

  private final Platform platform;
  private final Map<Question, Price> answers = new ConcurrentHashMap<>();
  private final Map<FlushRound, Price> rounds = new ConcurrentHashMap<>();

  private final Map<Node, Price> nodes = new ConcurrentHashMap<>();
  private final Map<Flushed, Price> lines = new ConcurrentHashMap<>();
  private final Map<Lock, Price> locks = new ConcurrentHashMap<>();

  private record Question(Event event, Conditions conditions) {}

  private record Node(double bytes, Heat heat) {}

  private record Flushed(LineState state, LineMix mix) {}

  public MachinePrices(Platform platform) {
    this.platform = platform;
  }

  /// The prices of a machine under a kernel, by its name, such as `6.1`.
  public static MachinePrices of(Machine machine, String kernel) {
    return new MachinePrices(Platform.of(machine, kernel));
  }

  public Platform platform() {
    return platform;
  }

  @Override
  public Price event(Event event, Conditions conditions) {
    return answers.computeIfAbsent(new Question(event, conditions), this::answer);
  }

  private Price answer(Question question) {
    Conditions conditions = question.conditions;
    return switch (question.event) {
      case FAULT -> FaultEntry.of(platform, platform.machine().has(Parameter.PTI)).price();
      case PAT_LOOKUP -> instructions(Operation.PAT_LOOKUP);
      case RESOURCE_WALK -> instructions(Operation.RESOURCE_WALK);
      case RESOURCE_NODE_VISIT -> node(treeBytes(conditions, 1), conditions.firstWalk());
      case MEMTYPE_SEARCH -> MemtypeSearch.of(platform, (double) conditions.memtypes()).price();
      case MEMTYPE_INSERT, MEMTYPE_REMOVE ->
          MemtypeSearch.of(platform, (double) conditions.memtypes())
              .price()
              .plus(instructions(Operation.MEMTYPE_CHANGE));
      case RAM_FLAG_OP -> instructions(Operation.RAM_FLAG_OP);
      case PTE_WRITE -> instructions(Operation.PTE_WRITE);
      case PAGE_TABLE_ALLOC -> PageTableAlloc.of(platform).price();
      case KERNEL_PTE_WRITE -> loop(Operation.KERNEL_PTE_WRITE);
      case DIRECT_MAP_SPLIT -> instructions(Operation.DIRECT_MAP_SPLIT);
      case CPA_CALL -> instructions(Operation.CPA_CALL);
      case CPA_PAGE -> instructions(Operation.CPA_PAGE);
      case UNMAP_ALIASES -> instructions(Operation.UNMAP_ALIASES);
      case CLFLUSH_LINE -> line(LineState.AS_FOUND, conditions.lines());
      case WBINVD, WBNOINVD -> writeBack(question.event, 1, 0, conditions);
      case TLB_INVALIDATE_PAGE -> page();
      case TLB_INVALIDATE_FULL -> time(Parameter.CR3_FLUSH);
      case TLB_INVALIDATE_GLOBAL -> everything();
      case PAGE_ALLOC -> instructions(Operation.PAGE_ALLOC);
      case PAGE_CLEAR -> PageClear.of(platform, 1).price();
      case PAGE_COPY -> time(Parameter.PAGE_COPY);
      case POOL_HIT -> instructions(Operation.POOL_HIT);
      case POOL_MISS -> instructions(Operation.POOL_MISS);
      case POOL_GIVE -> instructions(Operation.POOL_GIVE);
      case POOL_SHRINK -> instructions(Operation.POOL_SHRINK);
      case TLB_ROUND_RANGED, TLB_ROUND_FULL, IPI ->
          throw new IllegalArgumentException(
              question.event.key() + " is part of a round and has no price of its own");
    };
  }

  @Override
  public Price round(FlushRound round) {
    return rounds.computeIfAbsent(round, each -> FlushRounds.of(platform, each).price());
  }

  @Override
  public Price line(LineState state, LineMix mix) {
    LineMix met = state == LineState.FLUSHED_BEFORE ? ABSENT : mix;
    return lines.computeIfAbsent(
        new Flushed(state, met), _ -> ClflushLine.of(platform, 1, met).price());
  }

  @Override
  public Price lock(Lock lock) {
    return locks.computeIfAbsent(lock, this::free);
  }

  private Price free(Lock lock) {
    Working working = new Working(platform);
    return working.price(HandOver.free(working, lock), Uncertain.ZERO);
  }

  @Override
  public Price lockHandOver(Lock lock, int contenders) {
    Working working = new Working(platform);
    return working.price(HandOver.contended(working, lock, contenders), Uncertain.ZERO);
  }

  @Override
  public Price node(double nodesOfWalk, Heat heat, Conditions conditions) {
    return node(treeBytes(conditions, nodesOfWalk), heat);
  }

  @Override
  public double nodesOfSamePrice(double nodesOfWalk, Conditions conditions) {
    return conditions.treeBytes() > 0
        ? Double.POSITIVE_INFINITY
        : Reach.sameUpTo(platform.machine(), treeBytes(conditions, nodesOfWalk))
            / NodeVisit.NODE_BYTES;
  }

  private Price node(double bytes, Heat heat) {
    if (nodes.size() > MOST_NODES) {
      nodes.clear();
    }
    return nodes.computeIfAbsent(
        new Node(bytes, heat), each -> NodeVisit.of(platform, each.bytes, each.heat).price());
  }

  private static double treeBytes(Conditions conditions, double nodesOfWalk) {
    return conditions.treeBytes() > 0 ? conditions.treeBytes() : nodesOfWalk * NodeVisit.NODE_BYTES;
  }

  @Override
  public Price writeBack(Event event, long executed, long interrupts, Conditions conditions) {
    if (event != Event.WBINVD && event != Event.WBNOINVD) {
      throw new IllegalArgumentException(event.key() + " writes no caches back");
    }
    Machine machine = platform.machine();
    long calls = Math.max(1, Math.round((double) executed / machine.cpus()));
    int cpus = (int) Math.max(1, executed / calls);
    double llc = machine.bytes(Parameter.LLC).value();
    int sharers = Math.min(cpus, machine.cpusPerLlc());
    return new WriteBack(event == Event.WBINVD)
        .of(platform, llc, conditions.llcDirty(), cpus, sharers, interrupts > 0, 0)
        .price()
        .times(calls);
  }

  private Price instructions(Operation operation) {
    Working working = new Working(platform);
    return working.price(working.instructions(operation), Uncertain.ZERO);
  }

  private Price loop(Operation operation) {
    Working working = new Working(platform);
    return working.price(
        working.instructions(operation, Parameter.LOOP_CYCLES_PER_INSTRUCTION), Uncertain.ZERO);
  }

  private Price time(Parameter parameter) {
    Working working = new Working(platform);
    return working.price(working.ns(parameter), Uncertain.ZERO);
  }

  private Price page() {
    Working working = new Working(platform);
    boolean pti = platform.machine().has(Parameter.PTI);
    return working.price(FlushRounds.page(working, pti), Uncertain.ZERO);
  }

  private Price everything() {
    Working working = new Working(platform);
    return working.price(FlushRounds.work(working, Form.GLOBAL, 0), Uncertain.ZERO);
  }
}
