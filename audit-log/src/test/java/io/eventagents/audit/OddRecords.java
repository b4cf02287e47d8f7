package io.eventagents.audit;

import static io.eventagents.audit.Records.utf8;

import io.eventagents.ReceivedRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Odd records from foreign programs, which common tools do not keep byte for byte. */
public final class OddRecords {

  private OddRecords() {}

  /** Payloads that a line has as JSON, by what is odd about them. */
  public static Map<String, byte[]> events() {
    Map<String, byte[]> payloads = new LinkedHashMap<>();
    put(payloads, "an empty object", "{}");
    put(payloads, "a name twice", "{\"a\":1,\"a\":{\"a\":2,\"a\":3},\"\":0,\"\":1}");
    put(payloads, "a number beyond double", "{\"a\":1e400,\"b\":-1e-400,\"c\":1E+5,\"d\":1e-0}");
    put(
        payloads,
        "a long number",
        "{\"a\":" + "9".repeat(1000) + ",\"b\":0." + "1".repeat(5000) + "}");
    put(payloads, "two forms of a number", "{\"a\":-0,\"b\":-0.0,\"c\":1.0,\"d\":1,\"e\":1.10}");
    put(payloads, "NUL", "{\"a\\u0000\":\"\\u0000\\u0001\\u001f\"}");
    put(payloads, "controls that need no escape", "{\"a\":\"\u007f\u0080\u0085\u009f\"}");
    put(payloads, "other ends of lines", "{\"a\":\"\u2028\u2029\u0085\"}");
    put(
        payloads,
        "noncharacters",
        "{\"\ufffe\uffff\ufdd0\":\"\ufffe\uffff\ufdd0\uD83F\uDFFE\uDBFF\uDFFF\"}");
    put(payloads, "noncharacters as escapes", "{\"a\":\"\\ufffe\\uFFFF\\uD83F\\udffe\"}");
    put(payloads, "a byte order mark within", "{\"\uFEFF\":\"\uFEFF\"}");
    put(
        payloads,
        "escapes that need not be",
        "{\"\\u0061\":\"\\/\\u002F\\u00e9\\u00E9\\b\\f\\n\\r\\t\"}");
    put(
        payloads,
        "a pair as escapes",
        "{\"\\ud83d\\uDE00\":\"\\uD83D\\ude00\\uDBFF\\uDFFF\\uD800\\uDC00\"}");
    put(payloads, "next to surrogates", "{\"a\":\"\\ud7ff\\uD7FF\\ue000\\uE000\"}");
    put(
        payloads,
        "a backslash before what looks like half a pair",
        "{\"\\\\ud800\":\"\\\\ud83d\\\\\\\\udc00\"}");
    put(
        payloads,
        "what looks like the line's own keys",
        "{\"a\":1,\"event\":{},\"payload_digest\":{\"salt\":\"\",\"bytes\":\"\"},\"raw\":null,\"chain\":\"\"}");
    put(
        payloads,
        "what looks like the line's own keys within a string",
        "{\"a\":\",\\\"payload_digest\\\":{\",\"b\":\",\\\"event\\\":\",\"c\":\"\\\\\"}");
    put(payloads, "white space around", " \t {\"a\" :\t1 , \"b\": [ ] }\t ");
    put(payloads, "LF and CR", "{\r\"a\":1,\r\n\t\"b\" : \" \\n \\\" { \" , \"c\":[ 1 , 2 ]\n}\n");
    put(payloads, "CR at its end", "{\"a\": 1}\r");
    put(payloads, "a byte order mark", "\uFEFF{ \"a\" : \"\uFEFF \" }");
    put(payloads, "a byte order mark and LF", "\uFEFF\n{ \"\u00e9\" :\n\"\uD83D\uDE00\" }");
    put(payloads, "as deep as can be", nested(250));
    put(payloads, "objects as deep as can be", "{\"\":".repeat(249) + "{}" + "}".repeat(249));
    put(payloads, "a long name", "{\"" + "n".repeat(60_000) + "\":1}");
    put(payloads, "HTML", "{\"a\":\"<script>&amp;'\"}");
    return payloads;
  }

  /** Payloads that a line has as Base64. */
  public static Map<String, byte[]> raw() {
    Map<String, byte[]> payloads = new LinkedHashMap<>(halfPairs());
    put(payloads, "half a pair in a name", "{\"a\\ud800b\":1}");
    put(payloads, "half a pair in a name within", "{\"a\":[{\"\\uDC00\":1}]}");
    put(payloads, "too deep", nested(251));
    put(payloads, "much too deep", nested(60_000));
    put(payloads, "nothing", "");
    put(payloads, "white space", " \n");
    put(payloads, "two values", "{\"a\":1}{\"b\":2}");
    put(payloads, "two lines", "{\"a\":1}\n{\"b\":2}\n");
    put(payloads, "a NUL behind", "{\"a\":1}\u0000");
    put(payloads, "a form feed behind", "{\"a\":1}\f");
    put(payloads, "no break space before", "\u00a0{\"a\":1}");
    put(payloads, "two byte order marks", "\uFEFF\uFEFF{\"a\":1}");
    put(payloads, "a byte order mark behind white space", " \uFEFF{\"a\":1}");
    put(payloads, "a byte order mark behind", "{\"a\":1}\uFEFF");
    put(payloads, "a byte order mark alone", "\uFEFF");
    put(payloads, "an array", "[{\"a\":1}]");
    put(payloads, "a string", "\"text\"");
    put(payloads, "null", "null");
    put(payloads, "NaN", "{\"a\":NaN}");
    put(payloads, "Infinity", "{\"a\":-Infinity}");
    put(payloads, "a comment", "{\"a\":1/* */}");
    put(payloads, "a comma too many", "{\"a\":1,}");
    put(payloads, "a leading zero", "{\"a\":01}");
    put(payloads, "a plus", "{\"a\":+1}");
    put(payloads, "a point without digits", "{\"a\":1.}");
    put(payloads, "an exponent without digits", "{\"a\":1e}");
    put(payloads, "single quotes", "{'a':1}");
    put(payloads, "a TAB in a string", "{\"a\":\"\t\"}");
    put(payloads, "an LF in a name", "{\"\n\":1}");
    put(payloads, "an unknown escape", "{\"a\":\"\\x41\"}");
    put(payloads, "an escape in capitals", "{\"a\":\"\\U0041\"}");
    put(payloads, "half an escape", "{\"a\":\"\\u12\"}");
    put(payloads, "cut off", "{\"a\":\"b");
    put(payloads, "True", "{\"a\":True}");
    payloads.put(
        "an overlong slash", bytes("{\"a\":\"", new byte[] {(byte) 0xC0, (byte) 0xAF}, "\"}"));
    payloads.put(
        "an overlong NUL", bytes("{\"a\":\"", new byte[] {(byte) 0xC0, (byte) 0x80}, "\"}"));
    payloads.put(
        "half a pair as UTF-8",
        bytes("{\"a\":\"", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, "\"}"));
    payloads.put(
        "a pair as CESU-8",
        bytes(
            "{\"a\":\"",
            new byte[] {
              (byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80
            },
            "\"}"));
    payloads.put(
        "beyond Unicode",
        bytes("{\"a\":\"", new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, "\"}"));
    payloads.put("Latin-1", "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    payloads.put("UTF-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
    payloads.put("UTF-16 without a mark", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
    payloads.put("bytes", new byte[] {0, -1, '\n', '"', '\\'});
    return payloads;
  }

  /** Payloads that a line has as Base64 only because a value has half a surrogate pair. */
  public static Map<String, byte[]> halfPairs() {
    Map<String, byte[]> payloads = new LinkedHashMap<>();
    put(payloads, "the first half", "{\"title\":\"a\\ud800b\"}");
    put(payloads, "the second half", "{\"title\":\"a\\uDC00b\"}");
    put(payloads, "a half at the end", "{\"title\":\"\\uDBFF\"}");
    put(payloads, "halves the wrong way round", "{\"title\":\"\\ude00\\ud83d\"}");
    put(payloads, "a first half twice", "{\"title\":\"\\ud83d\\ud83d\\ude00\"}");
    put(payloads, "a half before another escape", "{\"title\":\"\\ud83d\\u0041\\n\"}");
    put(payloads, "a half before a backslash", "{\"title\":\"\\ud83d\\\\ude00\"}");
    put(payloads, "a half as text between", "{\"title\":\"\\ud83dx\\ude00\"}");
    put(payloads, "a half behind pairs", "{\"a\":\"\\ud83d\\ude00\\\\\\ud83d\\ude00\\udfff\"}");
    put(payloads, "a half within lines", "{\n  \"title\": \"\\ud83d \\\" \"\n}\n");
    put(payloads, "a half behind a byte order mark", "\uFEFF{\"title\": [[\"\\udead\"]]}");
    return payloads;
  }

  /** Keys, and values of headers. */
  public static List<byte @Nullable []> values() {
    List<byte @Nullable []> values = new ArrayList<>();
    values.add(null);
    values.add(new byte[0]);
    values.add(utf8("\"\\/\b\f\n\r\t\u0000\u0001\u001f\u007f\u0085\u2028\uFEFF\ufffe\uD83D\uDE00"));
    values.add(utf8(",\"event\":{},\"payload_digest\":{\"salt\":\""));
    values.add(utf8("\\ud800"));
    values.add(utf8("{\"base64\":\"AA==\"}"));
    values.add(utf8("null"));
    values.add(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    values.add(new byte[] {(byte) 0xC0, (byte) 0x80});
    values.add(new byte[] {-1, -2, 0});
    values.add(new byte[] {(byte) 0xC3});
    return values;
  }

  /** Records with all of these, one after the other from this offset on. */
  public static List<ReceivedRecord> records(long offset) {
    List<ReceivedRecord> records = new ArrayList<>();
    List<byte @Nullable []> payloads = new ArrayList<>(events().values());
    payloads.addAll(raw().values());
    payloads.add(null);
    for (byte[] payload : payloads) {
      records.add(Records.record(offset + records.size(), payload));
    }
    for (long timestamp : new long[] {Long.MIN_VALUE, -2, -1, 0, Long.MAX_VALUE}) {
      records.add(Records.recordOf(timestamp, offset + records.size(), "{}"));
    }
    for (byte[] value : values()) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("h", value);
      headers.add("h", value);
      headers.add("\"\\\n\u0000,\"event\":", value);
      headers.add("", value);
      records.add(
          Records.record(
              Records.TASK_EVENTS, offset + records.size(), value, utf8("{\"a\":1}"), headers));
    }
    return records;
  }

  private static void put(Map<String, byte[]> payloads, String what, String payload) {
    payloads.put(what, utf8(payload));
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  private static byte[] bytes(String before, byte[] bytes, String behind) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(utf8(before));
    all.writeBytes(bytes);
    all.writeBytes(utf8(behind));
    return all.toByteArray();
  }
}
