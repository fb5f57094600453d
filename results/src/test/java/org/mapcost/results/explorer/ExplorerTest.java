package org.mapcost.results.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mapcost.model.InputException;
import org.mapcost.results.figure.Picture;
import org.mapcost.results.figure.VisitsByTreeSize;

/// Guards who is answered, with what headers, and that many at once are.
class ExplorerTest {
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Explorer explorer;

  /// Answers with the words it is asked with.
  private static final Asker ECHO =
      new Asker() {
        @Override
        public String json(List<String> words) {
          ASKED.incrementAndGet();
          if (words.contains("epyc-genoa")) {
            throw new InputException("no BAR holds it.");
          }
          if (words.contains("epyc-rome")) {
            throw new IllegalStateException("broken");
          }
          return "{\"words\":\"" + String.join(" ", words) + "\"}";
        }

        @Override
        public Picture picture(List<String> words) {
          return VisitsByTreeSize.of();
        }
      };

  @BeforeAll
  static void start() {
    explorer = Explorer.start(0, ECHO);
  }

  @AfterAll
  static void stop() {
    explorer.close();
  }

  @Test
  void itListensOnTheLoopbackAlone() {
    assertThat(explorer.address().getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> {
              InetAddress other = InetAddress.getLocalHost();
              if (other.isLoopbackAddress()) {
                throw new IOException("this host has no other address");
              }
              new Socket(other, explorer.address().getPort()).close();
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aForeignHostHeaderIsForbidden() throws IOException {
    assertThat(status("GET / HTTP/1.1", "Host: evil.example")).contains(" 403 ");
    assertThat(status("GET / HTTP/1.1", "Host: 127.0.0.1:1")).contains(" 403 ");
    assertThat(status("GET / HTTP/1.1", "Host: localhost:" + explorer.address().getPort()))
        .contains(" 200 ");
  }

  @Test
  void thePageBringsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.body()).doesNotContain("http://", "https://", "//cdn", "style=", "onclick");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    for (String path : List.of("/explorer.js", "/explorer.css", "/roboto.ttf", "/choices")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/explorer.js").body()).doesNotContain("innerHTML", "eval(", "http:", "https:");
  }

  @Test
  void anAnswerCarriesItsCommandLine() throws Exception {
    String body = get("/compare?machine=epyc-milan&buffer=64KiB").body();
    assertThat(body)
        .contains("\"command\":\"scripts/mapcost compare --machine epyc-milan")
        .contains("{\"words\":\"compare --machine epyc-milan");
  }

  @Test
  void whatIsWrongIsSaidWithItsStatus() throws Exception {
    assertRefused("/compare?cpus=0", 400, "cpus is a whole number from 1 to 1024");
    assertRefused("/chart/pie.svg", 400, "unknown chart 'pie'");
    assertRefused("/compare?machine=epyc-genoa", 400, "no BAR holds it.");
    assertRefused("/compare?machine=epyc-rome", 500, "internal error");
    assertRefused("/other", 404, "there is no /other here.");
    assertRefused("/../../etc/passwd", 404, "there is no");
    assertRefused("/compare?" + "x".repeat(2001), 414, "longer than 2000");
    HttpResponse<String> post =
        CLIENT.send(
            HttpRequest.newBuilder(explorer.address())
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    int before = ASKED.get();
    get("/compare?machine=epyc-genoa&cpus=7");
    get("/compare?machine=epyc-genoa&cpus=7");
    assertThat(ASKED.get() - before).isEqualTo(2);
  }

  @Test
  void twoHundredAtOnceAreAllAnsweredAndEqualOnesAskedOnce() {
    int before = ASKED.get();
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 200)
            .mapToObj(i ->
                CLIENT.sendAsync(
                    HttpRequest.newBuilder(
                            explorer.address().resolve("/compare?cpus=" + (100 + i % 20)))
                        .build(),
                    HttpResponse.BodyHandlers.ofString()))
            .toList();
    assertThat(all.stream().map(each -> each.join().statusCode())).containsOnly(200);
    assertThat(ASKED.get() - before).isEqualTo(20);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int taken = explorer.address().getPort();
    assertThatThrownBy(() -> Explorer.start(taken, ECHO))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("port " + taken + " cannot be used")
        .hasMessageEndingWith("give another --port.");
  }

  private static void assertRefused(String path, int status, String reason) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":").contains(reason);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + explorer.address().getPort() + path))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// The first line of the answer to a request that no well-behaved client sends.
  private static String status(String... lines) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), explorer.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              (String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(in.readLine());
    }
  }
}
