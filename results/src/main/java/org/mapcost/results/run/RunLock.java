package org.mapcost.results.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mapcost.model.InputException;

/// Who may write a run folder: one run at a time. The kernel takes the lock from a process that
/// ends, however it ends, so that a killed run leaves none behind.
final class RunLock implements AutoCloseable {
  private static final String FILE = ".lock";

  /// Folders that this process has locked. To open and close their lock file anywhere else in the
  /// process would unlock them, as POSIX has it.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes the lock of a folder.
  ///
  /// @throws InputException if another run has it, or if the folder cannot be written
  static RunLock take(RunFolder run) {
    Path folder = run.path().toAbsolutePath().normalize();
    if (!OURS.add(folder)) {
      throw taken(folder);
    }
    @Nullable FileChannel channel = null;
    boolean locked = false;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      if (!locked) {
        throw taken(folder);
      }
      return new RunLock(folder, channel);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be locked (" + e.getMessage() + ").", e);
    } finally {
      if (!locked) {
        OURS.remove(folder);
        close(channel);
      }
    }
  }

  /// Whether a run is writing the folder now.
  static boolean isHeld(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    if (OURS.contains(folder)) {
      return true;
    }
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return false;
    }
    // A shared lock needs no right to write.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        @Nullable FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    close(channel);
    OURS.remove(folder);
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock goes with the process at the latest.
        return;
      }
    }
  }

  private static InputException taken(Path folder) {
    return new InputException(
        folder + ": another run is writing this folder; wait until it ends, or stop it.");
  }
}
