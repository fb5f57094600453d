package org.mapcost.results.calibrate;

/// The machine that comes with mapcost whose values hold for what this host cannot measure.
final class MachineClass {
  private MachineClass() {}

  /// By vendor, family and model of the CPU; for one that is not known the machine whose core is
  /// nearest in age, or the vendor's server of the middle.
  static String of(HostFacts host) {
    return switch (host.vendor()) {
      case "AuthenticAMD" -> amd(host);
      default -> intel(host.model());
    };
  }

  private static String intel(int model) {
    return switch (model) {
      case 60, 63, 69, 70, 61, 71, 79, 86 -> "haswell-ep-2s";
      case 78, 94, 85 -> "skylake-sp-2s";
      case 106, 108 -> "ice-lake-sp-2s";
      case 143, 207, 173, 174 -> "sapphire-rapids-2s";
      case 140, 141 -> "tiger-lake-igpu";
      case 142, 158, 165, 166, 125, 126 -> "client-igpu";
      case 151, 154, 183, 186, 191 -> "alder-lake-client";
      default -> "cascade-lake-sp-2s";
    };
  }

  private static String amd(HostFacts host) {
    String metal =
        switch (host.family()) {
          case 23 -> host.model() == 160 ? "ryzen-7520c" : "epyc-rome";
          case 25 -> host.model() >= 16 && host.model() < 32 ? "epyc-genoa" : "epyc-milan";
          default -> host.family() > 25 ? "epyc-genoa" : "epyc-rome";
        };
    return metal.equals("epyc-milan") && host.virtual() ? "epyc-vm" : metal;
  }
}
