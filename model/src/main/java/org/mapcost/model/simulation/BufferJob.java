package org.mapcost.model.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.cost.Event;
import org.mapcost.model.cost.Phase;
import org.mapcost.model.strategy.World;
import org.mapcost.model.workload.Clients;

/// One client's way through its buffers' lives: think, allocate, then as often as it is reused map,
/// touch, hold and unmap it, then free it.
final class BufferJob implements Client {
  private enum Step {
    THINK,
    ALLOCATE,
    MAP,
    TOUCH,
    HOLD,
    UNMAP,
    FREE,
    OVER
  }

  private final Run run;
  private final Clients clients;
  private final RandomGenerator random;
  private final boolean closed;
  private Step step;
  private int uses;
  private @Nullable World world;
  private long pages;
  private int number;
  private int[] order = new int[16];
  private int touches;
  private int at;
  private boolean slept;
  private @Nullable OperationKind running;
  private boolean split;

  /// @param closed whether it begins again by itself
  BufferJob(Run run, Clients clients, RandomGenerator random, boolean closed) {
    this.run = run;
    this.clients = clients;
    this.random = random;
    this.closed = closed;
    this.step = closed ? Step.THINK : Step.ALLOCATE;
  }

  @Override
  public void done(Task task, double wanted, double now) {
    if (running != null) {
      run.statistics.done(running, split, now - wanted);
    }
  }

  @Override
  public Next next(Task task, double now) {
    running = null;
    return switch (step) {
      case THINK -> {
        task.sleep(run.think(clients, random));
        step = Step.ALLOCATE;
        yield Next.SLEEP;
      }
      case ALLOCATE -> {
        pages = Math.max(1, (long) Math.ceil(clients.pages().draw(random)));
        World fresh = run.state.buffer(clients.memory(), clients.mode(), pages);
        world = fresh;
        number = run.allocated(clients, pages, task);
        uses = 0;
        step = Step.MAP;
        yield operation(task, OperationKind.ALLOCATE, Phase.ALLOCATE, fresh);
      }
      case MAP -> {
        step = Step.TOUCH;
        at = 0;
        slept = true;
        touches = fillOrder();
        yield operation(task, OperationKind.MAP, Phase.MAP, buffer());
      }
      case TOUCH -> touch(task);
      case HOLD -> {
        step = Step.UNMAP;
        task.sleep(clients.lifetime().orElseThrow().draw(random));
        yield Next.SLEEP;
      }
      case UNMAP -> {
        step = ++uses < clients.reuse() ? Step.MAP : Step.FREE;
        yield operation(task, OperationKind.UNMAP, Phase.UNMAP, buffer());
      }
      case FREE -> {
        step = closed ? Step.THINK : Step.OVER;
        World last = buffer();
        run.freed(clients, number);
        world = null;
        yield operation(task, OperationKind.FREE, Phase.FREE, last);
      }
      case OVER -> {
        step = Step.ALLOCATE;
        run.rest(clients, task);
        yield Next.END;
      }
    };
  }

  private World buffer() {
    World of = world;
    if (of == null) {
      throw new IllegalStateException("a client without a buffer");
    }
    return of;
  }

  private Next operation(Task task, OperationKind kind, Phase phase, World of) {
    run.begin(task.tape(), phase);
    switch (kind) {
      case ALLOCATE -> of.memory().allocate(run.meter);
      case MAP -> run.platform.strategy().map(of);
      case UNMAP -> of.unmap();
      case FREE -> of.memory().free(run.meter);
      case LOAD, FAULT, SHRINK, FLUSH -> throw new IllegalArgumentException(kind.key());
    }
    return run(task, kind);
  }

  /// Runs what was charged; an operation that costs nothing is over at once.
  private Next run(Task task, OperationKind kind) {
    split = run.meter.end();
    if (task.tape().size() == 0) {
      run.statistics.done(kind, split, 0);
      return next(task, 0);
    }
    running = kind;
    return Next.RUN;
  }

  private int fillOrder() {
    if (pages > order.length) {
      order = Arrays.copyOf(order, Math.toIntExact(pages));
    }
    int[] filled = {0};
    clients.touch().forEach(pages, page -> order[filled[0]++] = (int) page);
    return Math.max(1, (int) Math.round(filled[0] * clients.touched()));
  }

  private Next touch(Task task) {
    World of = buffer();
    double computes = 0;
    boolean sleeps = clients.sleep().isPresent();
    while (at < touches && of.vma().pageTable().isPresent(order[at])) {
      computes += clients.compute().draw(random);
      at++;
      slept = false;
      if (sleeps) {
        break;
      }
    }
    if (computes > 0) {
      task.tape().work(computes);
      return Next.RUN;
    }
    if (sleeps && !slept) {
      slept = true;
      task.sleep(clients.sleep().orElseThrow().draw(random));
      return Next.SLEEP;
    }
    if (at < touches) {
      run.begin(task.tape(), Phase.TOUCH);
      run.meter.add(Event.FAULT);
      run.platform.strategy().fault(of, order[at]);
      if (!of.vma().pageTable().isPresent(order[at])) {
        at++;
      }
      return run(task, OperationKind.FAULT);
    }
    step = clients.lifetime().isPresent() ? Step.HOLD : Step.UNMAP;
    return next(task, 0);
  }
}
