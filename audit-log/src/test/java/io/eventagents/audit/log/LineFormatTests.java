package io.eventagents.audit.log;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.OddRecords;
import io.eventagents.audit.Records;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LineFormatTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HEAD =
      """
      {"v":1,"logged_at":"2025-01-15T14:30:23.000120Z","topic":"task-events",\
      "topic_id":"3yS8NRRaSb2uYbWlqLzj1g","partition":0,"offset":7,"timestamp":1736951422456,\
      "key":"task-123","headers":[],""";

  @ParameterizedTest
  @MethodSource("filesFromOtherPrograms")
  void writesWhatOtherProgramsSendByteForByte(String file, String payload) throws Exception {
    byte[] sent = utf8(text(wire(file)).stripTrailing());

    String line = line(record(7, sent));

    assertThat(line).isEqualTo(HEAD + payload + ",\"payload_digest\":" + digest(line, sent) + "}");
  }

  static Stream<Arguments> filesFromOtherPrograms() {
    return Stream.of(
        Arguments.of(
            "task.created.json",
            """
            "event":{ "event_id": "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d", "event_type": "task.created", \
            "occurred_at": "2025-01-15T14:30:22.456Z", "data": { "task_id": "task-123", \
            "title": "Review quarterly report", "owner_id": "user-456", "priority": 2 }, \
            "metadata": { "correlation_id": "req-abc-123", "causation_id": "api-call-789", \
            "source": "task-api" } }"""),
        Arguments.of(
            "task.completed.no-metadata.json",
            """
            "event":{"event_id": "0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11", "event_type": "task.completed", \
            "occurred_at": "2025-01-15T15:01:02.000001Z", "data": {"task_id": "task-123", \
            "title": "Review quarterly report", "owner_id": "user-456", "priority": 2}, \
            "metadata": {}}"""),
        Arguments.of(
            "order.placed.json",
            """
            "event":{"event_id": "5f9d0d0e-3c1b-4a44-8a43-0d6c0e5a7e55", "event_type": "order.placed", \
            "occurred_at": "2025-01-15T15:02:00Z", "data": {"order_id": "order-9", \
            "lines": [{"sku": "A-1", "quantity": 2}]}, "metadata": {"correlation_id": "req-order-9", \
            "causation_id": "api-call-900", "source": "order-api", "tenant": "north"}}"""),
        Arguments.of(
            "no-event-id.json",
            """
            "event":{"event_type": "task.created", "occurred_at": "2025-01-15T15:02:00Z", \
            "data": {"task_id": "task-1"}}"""),
        Arguments.of(
            "not-json.txt",
            "\"raw\":\""
                + Base64.getEncoder()
                    .encodeToString(utf8(text(wire("not-json.txt")).stripTrailing()))
                + '"'));
  }

  @Test
  void writesHeadersInOrderRepeatedOnesToo() throws Exception {
    RecordHeaders headers = Records.headers("event_type", "task.created", "x", "1", "x", "\"2\"\n");

    JsonNode line = JSON.readTree(line(record(Records.TASK_EVENTS, 7, null, null, headers)));

    assertThat(line.get("headers").toString())
        .isEqualTo("[[\"event_type\",\"task.created\"],[\"x\",\"1\"],[\"x\",\"\\\"2\\\"\\n\"]]");
  }

  @Test
  void marksKeysAndHeadersThatAreNoTextAsBase64() throws Exception {
    byte[] binary = {(byte) 0xC3, 0x28, 0};
    RecordHeaders headers = new RecordHeaders();
    headers.add("binary", binary);
    headers.add("empty", null);

    JsonNode line = JSON.readTree(line(record(Records.TASK_EVENTS, 7, binary, null, headers)));

    assertThat(line.get("key").toString()).isEqualTo("{\"base64\":\"wygA\"}");
    assertThat(line.get("headers").toString())
        .isEqualTo("[[\"binary\",{\"base64\":\"wygA\"}],[\"empty\",null]]");
  }

  @Test
  void escapesControlCharactersOfKeys() throws Exception {
    String key = "a\u0000b\u001f\"\\\tc\u2028é😀" + "\n".repeat(1000);

    JsonNode line =
        JSON.readTree(line(record(Records.TASK_EVENTS, 7, utf8(key), null, new RecordHeaders())));

    assertThat(line.get("key").asString()).isEqualTo(key);
  }

  @Test
  void tellsARecordWithoutAValueFromAnEmptyOne() throws Exception {
    String deletion = line(record(7, (byte @Nullable []) null));
    String empty = line(record(7, ""));

    assertThat(deletion).contains(",\"raw\":null,");
    assertThat(empty).contains(",\"raw\":\"\",");
    assertThat(empty).contains(digest(empty, new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1e400,\"a\":0.10000000000000000000000000000000000000000001,\"b\":12345678901234567890123}",
        "{\"a\":\"\\u0000\\ud83d\\uDE00\"}",
        "  {\"a\":\"<script>alert(1)</script>\\n\"}\t ",
        "{\"é\":\"😀\"}",
        "{}"
      })
  void keepsNumbersNamesAndEscapesAsTheyWereSent(String json) throws Exception {
    String line = line(record(7, json));

    assertThat(line).contains("\"event\":" + json + ",\"payload_digest\"");
    assertThat(line).contains(digest(line, utf8(json)));
  }

  @Test
  void writesJsonOfSeveralLinesAsJsonOfOneAndKeepsItsBytes() throws Exception {
    byte[] sent = utf8("{\n  \"a\": \"b \\\" c\\\\\",\r\n\t\"d\": [ 1, 2 ]\n}\n");

    String line = line(record(7, sent));

    assertThat(line)
        .contains(
            "\"event\":{\"a\":\"b \\\" c\\\\\",\"d\":[1,2]},\"payload_digest\":"
                + digest(line, sent).replace("}", "")
                + ",\"bytes\":\""
                + Base64.getEncoder().encodeToString(sent)
                + "\"}}");
  }

  @Test
  void leavesAByteOrderMarkOutOfTheJson() throws Exception {
    byte[] sent = utf8("\uFEFF{\"a\":1}");

    String line = line(record(7, sent));

    assertThat(line)
        .contains("\"event\":{\"a\":1},\"payload_digest\"")
        .endsWith(",\"bytes\":\"77u/eyJhIjoxfQ==\"}}");
  }

  @ParameterizedTest
  @MethodSource("noJsonObjects")
  void keepsWhatIsNoJsonObjectAsBytes(byte[] sent) throws Exception {
    String line = line(record(7, sent));

    assertThat(line).doesNotContain("\"event\":");
    assertThat(Base64.getDecoder().decode(JSON.readTree(line).get("raw").asString()))
        .isEqualTo(sent);
    assertThat(line).contains(digest(line, sent));
  }

  static Stream<byte[]> noJsonObjects() {
    return Stream.of(
        utf8("[1]"),
        utf8("\"text\""),
        utf8("{\"a\":1} {\"b\":2}"),
        utf8("{\"a\":1"),
        utf8("{a:1}"),
        utf8("{\"a\":NaN}"),
        utf8("{\"a\":\"tab\t\"}"),
        utf8("{\"a\":1}\u0000"),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'},
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'},
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
        nested(JsonText.DEPTH + 1),
        nested(100_000));
  }

  @ParameterizedTest
  @MethodSource("oddEvents")
  void writesOddJsonAsItCame(String what, byte[] sent) throws Exception {
    String line = line(record(7, sent));

    int bytes = line.indexOf("\",\"bytes\":\"", line.lastIndexOf(",\"payload_digest\":{"));
    String event = line.substring(HEAD.length() + "\"event\":".length());
    assertThat(line).startsWith(HEAD + "\"event\":");
    if (bytes > 0) {
      String encoded = line.substring(bytes + 11, line.lastIndexOf("\"}}"));
      assertThat(Base64.getDecoder().decode(encoded)).isEqualTo(sent);
      assertThat(text(sent)).containsAnyOf("\n", "\r", "\uFEFF");
    } else {
      assertThat(event).startsWith(text(sent) + ",\"payload_digest\":{");
    }
  }

  static Stream<Arguments> oddEvents() {
    return OddRecords.events().entrySet().stream()
        .map(payload -> Arguments.of(payload.getKey(), payload.getValue()));
  }

  @ParameterizedTest
  @MethodSource("oddPayloads")
  void keepsWhatReadersRefuseAsBytes(String what, byte[] sent) throws Exception {
    String line = line(record(7, sent));

    assertThat(line).startsWith(HEAD + "\"raw\":\"");
    assertThat(Base64.getDecoder().decode(JSON.readTree(line).get("raw").asString()))
        .isEqualTo(sent);
    assertThat(line).contains(digest(line, sent));
  }

  static Stream<Arguments> oddPayloads() {
    return OddRecords.raw().entrySet().stream()
        .map(payload -> Arguments.of(payload.getKey(), payload.getValue()));
  }

  @ParameterizedTest
  @MethodSource("halfPairs")
  void readsEventsWithHalfASurrogatePairAsJsonOfOneLine(String what, byte[] sent) throws Exception {
    LoggedRecord read = LineReader.read(utf8(line(record(7, sent))));

    assertThat(read.raw()).isEqualTo(sent);
    assertThat(read.event()).isNotNull().doesNotContain('\n');
    assertThat(JSON.readTree(read.event()))
        .isEqualTo(JSON.readTree(text(sent).replace("\uFEFF", "")));
  }

  static Stream<Arguments> halfPairs() {
    return OddRecords.halfPairs().entrySet().stream()
        .map(payload -> Arguments.of(payload.getKey(), payload.getValue()));
  }

  @Test
  void writesJsonAsDeepAsReadersTakeIt() throws Exception {
    assertThat(line(record(7, nested(JsonText.DEPTH)))).contains("\"event\":{");
  }

  @Test
  void writesAnEventOfAMebibyteOnOneLine() throws Exception {
    byte[] sent = utf8("{\"a\":\"" + "é".repeat(512 * 1024) + "\"}");

    String line = line(record(7, sent));

    assertThat(line).contains(digest(line, sent)).doesNotContain("\n");
    assertThat(JSON.readTree(line).get("event").get("a").asString()).hasSize(512 * 1024);
  }

  @Test
  void writesNumbersOfAnyLength() throws Exception {
    for (long number : new long[] {0, 9, 10, 99, 100, 1_000_000_007, Long.MAX_VALUE}) {
      assertThat(line(record(number, "{}"))).contains(",\"offset\":" + number + ",");
    }
  }

  @Test
  void takesAnotherSaltForEveryLine() {
    LineWriter writer = new LineWriter();
    LineBlock block = new LineBlock(1024);
    for (int i = 0; i < 1000; i++) {
      writer.write(record(i, "{}"), Instant.EPOCH, null, GapReason.UNKNOWN, null, block);
    }

    assertThat(text(block).lines().map(line -> line.replaceFirst(".*\"salt\":", "")))
        .hasSize(1000)
        .doesNotHaveDuplicates();
  }

  @Test
  void readsItsOwnLinesBack() throws Exception {
    RecordHeaders headers = Records.headers("a", "1", "b", "\"x\"");
    headers.add("binary", new byte[] {-1});
    ReceivedRecord sent =
        record(Records.TASK_EVENTS, 7, utf8("käy"), utf8("{ \"a\": 1.0 }"), headers);

    LoggedRecord read = LineReader.read(utf8(line(sent)));

    assertThat(read.loggedAt()).isEqualTo("2025-01-15T14:30:23.000120Z");
    assertThat(read.partition()).isEqualTo(new LogPartition("task-events", Records.TASK_EVENTS, 0));
    assertThat(read.offset()).isEqualTo(7);
    assertThat(read.timestamp()).isEqualTo(Records.TIMESTAMP);
    assertThat(read.key()).isEqualTo("käy");
    assertThat(read.headers())
        .containsExactly(
            new LoggedHeader("a", "1"),
            new LoggedHeader("b", "\"x\""),
            new LoggedHeader("binary", null));
    assertThat(read.headersJson())
        .isEqualTo("[[\"a\",\"1\"],[\"b\",\"\\\"x\\\"\"],[\"binary\",{\"base64\":\"/w==\"}]]");
    assertThat(read.event()).isEqualTo(utf8("{ \"a\": 1.0 }"));
    assertThat(read.raw()).isNull();
  }

  private static byte[] nested(int depth) {
    return utf8("{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}");
  }

  /** Without its chain. */
  private static String line(ReceivedRecord record) {
    LineBlock block = new LineBlock(16);
    Instant loggedAt = Instant.parse("2025-01-15T14:30:23.000120Z");
    new LineWriter().write(record, loggedAt, null, GapReason.UNKNOWN, null, block);
    String text = text(block);
    assertThat(text).matches("(?s).*,\"chain\":\"[0-9a-f]{64}\"}\n");
    return text.replaceFirst(",\"chain\":\"[0-9a-f]{64}\"}\n$", "}");
  }

  private static String text(LineBlock block) {
    return StandardCharsets.UTF_8.decode(block.chained(new LineChain("0".repeat(64)))).toString();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** What the digest has to be, made from the salt of the line and the bytes that were sent. */
  private static String digest(String line, byte[] sent) throws Exception {
    String salt = JSON.readTree(line).get("payload_digest").get("salt").asString();
    assertThat(salt).matches("[0-9a-f]{32}");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(utf8(salt));
    return "{\"salt\":\"%s\",\"sha256\":\"%s\"}"
        .formatted(salt, HexFormat.of().formatHex(sha256.digest(sent)));
  }
}
