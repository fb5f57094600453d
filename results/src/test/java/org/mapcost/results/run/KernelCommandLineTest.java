package org.mapcost.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Guards that nothing of a kernel's command line that names a disk, a network or a program gets
/// into a published file, and that what changes the kernel's speed stays.
class KernelCommandLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOT_IMAGE=/vmlinuz-6.1 root=UUID=0a1b2c3d-0000-1111-2222-333344445555 ro quiet|ro quiet",
        "mitigations=off isolcpus=2,3 nohz_full=2-3|mitigations=off isolcpus=2,3 nohz_full=2-3",
        "ip=10.0.0.7::10.0.0.1:255.255.255.0 console=ttyS0|console=ttyS0",
        "my.parameter=secret nopti|my.parameter= nopti",
        "rdinit=/bin/agent pci=nomsi -- --listen 0.0.0.0:2024 --token abc|pci=nomsi",
        "-- --all for=init|''",
        "rd.luks.uuid=luks-1 resume=/dev/sda2 cryptkey=x ds=nocloud;s=http://a/|ds=",
        "0a1b2c3d-0000-1111-2222-333344445555 quiet|quiet",
        "console=0a1b2c3d-0000-1111-2222-333344445555 quiet|quiet",
        "WEIRD /dev/sda1 quiet|quiet",
        "''|''",
      })
  void onlyHarmlessPartsStay(String line, String kept) {
    assertThat(KernelCommandLine.withoutPrivateParts(line)).isEqualTo(kept);
  }
}
