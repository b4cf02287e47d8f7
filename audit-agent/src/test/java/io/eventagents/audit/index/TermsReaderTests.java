package io.eventagents.audit.index;

import static io.eventagents.audit.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.JsonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TermsReaderTests {

  private static final List<String> NAMES =
      List.of("", "a", "id", "task_id", "A.b", ".", "x.", "größe", "😀", "a.b.c");
  private static final List<String> VALUES =
      List.of("\"\"", "\"one\"", "\"Two words, here\"", "1", "-1.50e3", "true", "false", "null");

  /** The hashes are stored in databases, so they must stay the same. */
  @Test
  void findsEachValueByAllNamesThatLeadToItAndByTheLast() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      String json = value(random, 5);

      assertThat(read(json)).as(json).isEqualTo(expected(json));
    }
  }

  @Test
  void findsWhatLiesSixtyThousandLevelsDeep() {
    String deep = "{\"abcdefgh\":".repeat(60_000) + "\"down\"" + "}".repeat(60_000);

    assertThat(hashes(read(deep))).contains(Terms.value("down"), Terms.field("abcdefgh", "down"));
  }

  @Test
  void readsTermsBelowALongName() {
    String name = "n".repeat(400_000);
    String many = "{\"" + name + "\":[" + "\"v\",".repeat(100_000) + "\"last\"]}";

    assertThat(hashes(read(many))).contains(Terms.value("v"), Terms.field(name, "v"));
  }

  @Test
  void stopsAtTheMostThatIsFoundOfARecord() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 100_000; i++) {
      json.append('"').append(i).append("\",");
    }

    assertThat(read(json.append("0]").toString()).count()).isLessThan(TermsReader.MOST + 10);
  }

  private static Terms read(String json) {
    try (JsonParser parser = JsonText.parser(utf8(json))) {
      parser.nextToken();
      return new TermsReader(parser).read();
    }
  }

  private static Set<Long> hashes(Terms terms) {
    return terms.stream().collect(LinkedHashSet::new, Set::add, Set::addAll);
  }

  private static Terms expected(String json) {
    LongStream.Builder hashes = LongStream.builder();
    collect(JsonMapper.shared().readTree(json), "", hashes);
    long[] all = hashes.build().toArray();
    return Terms.of(all, all.length);
  }

  /** The terms by their definition, with the names joined for each value. */
  private static void collect(JsonNode node, String path, LongStream.Builder hashes) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = field.getKey();
        collect(field.getValue(), path.isEmpty() ? name : path + '.' + name, hashes);
      }
    } else if (node.isArray()) {
      node.forEach(element -> collect(element, path, hashes));
    } else if (!node.isNull()) {
      String value = node.isFloat() || node.isDouble() ? "-1.50e3" : node.asString();
      hashes.add(Terms.value(value));
      if (!path.isEmpty()) {
        hashes.add(Terms.field(path, value));
        int leaf = path.lastIndexOf('.');
        if (leaf >= 0) {
          hashes.add(Terms.field(path.substring(leaf + 1), value));
        }
      }
      if (node.isString()) {
        words(value, hashes);
      }
    }
  }

  private static void words(String text, LongStream.Builder hashes) {
    Words words = new Words(text, text.length());
    while (words.next()) {
      if (words.from() > 0 || words.to() < text.length()) {
        hashes.add(Terms.value(text, words.from(), words.to()));
      }
    }
  }

  /** The names in an object differ, because a tree has one value of each. */
  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 1 : 3);
    if (kind == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    StringBuilder json = new StringBuilder(kind == 1 ? "{" : "[");
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      if (kind == 2 || names.add(name)) {
        json.append(json.length() == 1 ? "" : ",");
        json.append(kind == 1 ? '"' + name + "\":" : "").append(value(random, depth - 1));
      }
    }
    return json.append(kind == 1 ? '}' : ']').toString();
  }
}
