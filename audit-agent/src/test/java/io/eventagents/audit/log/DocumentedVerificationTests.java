package io.eventagents.audit.log;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of docs/audit-log.md over lines of the log. */
class DocumentedVerificationTests {

  private static final Path DOCUMENT = Path.of("..", "docs", "audit-log.md");

  @TempDir Path path;

  private Path file;

  @BeforeEach
  void log() throws Exception {
    assumeTrue(run("command -v jq openssl sha256sum").size() == 3, "jq, openssl and sha256sum");
    RecordHeaders headers = Records.headers("h", ",\"event\":{},\"payload_digest\":", "\"", "\\");
    headers.add("binary", new byte[] {-1});
    try (OpenLog open = OpenLog.in(path.resolve("log"), new TickingClock("2025-01-15T12:00:00Z"))) {
      open.accept(
          record(0, wire("task.created.json")),
          record(1, new String(wire("order.placed.json"), StandardCharsets.UTF_8).strip()),
          record(2, wire("not-json.txt")),
          record(3, (byte[]) null),
          record(4, new byte[] {0, -1, '\n'}),
          record(5, "{ \"a\": 1.10, \"b\": \"\\u0000é😀,\\\"payload_digest\\\":\" } "),
          record(Records.TASK_EVENTS, 6, utf8(",\"event\":"), utf8("{\"a\":1}"), headers));
    }
    file = path.resolve("log").resolve("audit-2025-01-15.jsonl");
  }

  @Test
  void findsEveryLineUnchanged() throws Exception {
    assertThat(verify()).hasSize(7).containsOnly("unchanged");
  }

  @Test
  void findsWhatWasChanged() throws Exception {
    String text = Files.readString(file);
    Files.writeString(
        file, text.replace("1.10", "1.1").replace("\"quantity\": 2", "\"quantity\": 3"));

    assertThat(verify())
        .containsExactly(
            "unchanged", "CHANGED", "unchanged", "unchanged", "unchanged", "CHANGED", "unchanged");
  }

  private List<String> verify() throws Exception {
    String text = Files.readString(DOCUMENT);
    int start = text.indexOf("```bash\n", text.indexOf("<!-- verify -->")) + "```bash\n".length();
    Path script = path.resolve("verify.sh");
    Files.writeString(script, text.substring(start, text.indexOf("```", start)));
    return run("bash '" + script + "' < '" + file + "'");
  }

  private List<String> run(String command) throws IOException, InterruptedException {
    Path output = path.resolve("output");
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(output);
  }
}
