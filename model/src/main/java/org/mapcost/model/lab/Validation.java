package org.mapcost.model.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mapcost.model.InputException;
import org.mapcost.model.lab.LabFolder.NotCompared;
import tools.jackson.databind.JsonNode;

/// A whole folder of recordings held against the model.
///
/// @param folder the recordings' name
/// @param agreements one for each file compared, in the order of the folder
/// @param differences every call on which the two differ
/// @param notCompared files left out, with the reason
/// @param unknownKeys keys that the published table does not have
public record Validation(
    String folder,
    List<Agreement> agreements,
    List<Difference> differences,
    List<NotCompared> notCompared,
    List<String> unknownKeys) {

  /// How far one file agrees.
  ///
  /// @param file the recording
  /// @param scenario its scenario
  /// @param kernel the kernel as the file calls it
  /// @param release its point release
  /// @param calls how many calls were compared
  /// @param agree on how many the model does the same
  /// @param excepted how many differ as the exceptions say
  public record Agreement(
      String file,
      String scenario,
      String kernel,
      String release,
      int calls,
      int agree,
      int excepted) {
    /// How many differ and should not.
    public int differ() {
      return calls - agree - excepted;
    }
  }

  /// One call on which model and recording differ.
  public record Difference(
      String file, String scenario, String kernel, ComparedCall call, boolean excepted) {}

  public Validation {
    agreements = List.copyOf(agreements);
    differences = List.copyOf(differences);
    notCompared = List.copyOf(notCompared);
    unknownKeys = List.copyOf(unknownKeys);
  }

  /// Compares every call of a folder.
  public static Validation of(LabFolder folder, Coverage coverage, KnownDifferences known) {
    known.check(coverage);
    List<Agreement> agreements = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    List<NotCompared> notCompared = new ArrayList<>(folder.others());
    Set<String> unknown = new LinkedHashSet<>();
    List<Replayed> replays =
        folder.recordings().parallelStream().map(each -> Replayed.of(each, coverage)).toList();
    for (Replayed replay : replays) {
      Recording recording = replay.recording;
      if (!replay.refused.isEmpty()) {
        notCompared.add(new NotCompared(recording.file(), replay.refused));
        continue;
      }
      unknown.addAll(replay.unknown);
      int agree = 0;
      int excepted = 0;
      for (ComparedCall call : replay.calls) {
        if (call.agrees()) {
          agree++;
          continue;
        }
        boolean covered = known.cover(recording.file(), call);
        excepted += covered ? 1 : 0;
        differences.add(
            new Difference(
                recording.file(), recording.scenario(), recording.kernelName(), call, covered));
      }
      agreements.add(
          new Agreement(
              recording.file(),
              recording.scenario(),
              recording.kernelName(),
              recording.pointRelease(),
              replay.calls.size(),
              agree,
              excepted));
    }
    return new Validation(
        folder.name(), agreements, differences, notCompared, List.copyOf(unknown));
  }

  /// One recording beside the model; no other has to do with it.
  ///
  /// @param refused why it could not be replayed, else empty
  /// @param unknown keys that the table does not have
  private record Replayed(
      Recording recording, List<ComparedCall> calls, String refused, Set<String> unknown) {
    static Replayed of(Recording recording, Coverage coverage) {
      try {
        List<ComparedCall> calls = Replay.of(recording).replay(recording, coverage);
        return new Replayed(recording, calls, "", unknownKeys(recording, coverage));
      } catch (InputException e) {
        return new Replayed(recording, List.of(), String.valueOf(e.getMessage()), Set.of());
      }
    }
  }

  /// Scenarios in which exceptions make up more of the calls than [KnownDifferences#MOST], with
  /// their share.
  public Map<String, Double> overdrawn() {
    Map<String, int[]> sums = new LinkedHashMap<>();
    for (Agreement each : agreements) {
      int[] sum = sums.computeIfAbsent(each.scenario, scenario -> new int[2]);
      sum[0] += each.calls;
      sum[1] += each.excepted;
    }
    Map<String, Double> overdrawn = new LinkedHashMap<>();
    sums.forEach((scenario, sum) -> {
      double share = (double) sum[1] / Math.max(1, sum[0]);
      if (share > KnownDifferences.MOST) {
        overdrawn.put(scenario, share);
      }
    });
    return overdrawn;
  }

  /// Whether the model does what the kernels did: no difference but the excepted ones, not too many
  /// of those, and nothing left out for a reason of its own.
  public boolean holds() {
    return agreements.stream().allMatch(each -> each.differ() == 0) && overdrawn().isEmpty();
  }

  /// Keys of a recording's calls that the table has no row for.
  static Set<String> unknownKeys(Recording recording, Coverage coverage) {
    Set<String> unknown = new LinkedHashSet<>();
    List<JsonNode> calls = new ArrayList<>();
    recording.data().path("ops").forEach(calls::add);
    for (JsonNode test : recording.data().path("tests")) {
      calls.add(test);
      test.path("phases").forEach(calls::add);
    }
    for (JsonNode call : calls) {
      for (Recording.Part part : Recording.Part.values()) {
        for (var entry : call.path(part.key()).properties()) {
          if (coverage.row(recording.family(), part, entry.getKey()).isEmpty()) {
            unknown.add(recording.scenario() + " " + part.key() + " " + entry.getKey());
          }
        }
      }
    }
    return unknown;
  }
}
