package org.mapcost.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Guards that a written picture is read back to the last pixel, whatever its rows are like.
class PngTest {
  @Test
  void everyPixelComesBack() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int[] size : new int[][] {{1, 1}, {7, 3}, {640, 360}}) {
      BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < size[1]; y++) {
        boolean like = random.nextBoolean();
        for (int x = 0; x < size[0]; x++) {
          image.setRGB(x, y, like && y > 0 ? image.getRGB(x, y - 1) : random.nextInt());
        }
      }
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(Png.of(image)));
      assertThat(back.getRGB(0, 0, size[0], size[1], null, 0, size[0]))
          .isEqualTo(image.getRGB(0, 0, size[0], size[1], null, 0, size[0]));
    }
  }
}
