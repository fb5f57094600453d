package org.mapcost.model.simulation;

/// What tasks do: it is asked each time that a task has a CPU and nothing to do on it.
public interface Client {
  /// What the task does next.
  enum Next {
    /// Runs the operation that is now on its tape.
    RUN,
    /// Gives up the CPU and sleeps for [Task#sleep].
    SLEEP,
    /// Is done; it can be started again.
    END
  }

  /// Fills the task's tape, or sets how long it sleeps, and says which. The engine has cleared the
  /// tape.
  Next next(Task task, double now);

  /// The operation on the task's tape is done.
  ///
  /// @param wanted when the task asked for it, waiting for a CPU included, in nanoseconds
  /// @param now when it was done
  default void done(Task task, double wanted, double now) {}
}
