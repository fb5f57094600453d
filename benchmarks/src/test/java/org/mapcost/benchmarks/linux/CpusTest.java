package org.mapcost.benchmarks.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Guards that a pinned thread is where it was pinned to, and that other threads are not.
class CpusTest {
  @Test
  void aThreadStaysWhereItIsPinned() throws InterruptedException {
    List<Integer> allowed = Cpus.allowed();
    assertThat(allowed).isNotEmpty().contains(Cpus.current());
    for (int cpu : allowed) {
      Thread pinned = new Thread(() -> Cpus.pin(cpu));
      Throwable[] failure = new Throwable[1];
      pinned.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
      pinned.start();
      pinned.join();
      assertThat(failure[0]).as("CPU " + cpu).isNull();
    }
    assertThat(Cpus.allowed()).as("the test's own thread").isEqualTo(allowed);
  }

  @Test
  void aCpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Cpus.pin(8191))
        .isInstanceOf(SystemCallException.class)
        .hasMessage("sched_setaffinity to CPUs [8191]: EINVAL (invalid argument)");
  }
}
