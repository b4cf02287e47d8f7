package io.eventagents.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressedFileTests {

  private static final String FILE = "audit-2025-01-15.jsonl";

  /** More than two frames, and lines across their ends. */
  private static final byte[] TEXT = text(10_000_000);

  @TempDir Path path;

  @Test
  void readsTheSameAtEveryPosition() throws Exception {
    compress(TEXT);

    try (LogContent content = files().open(FILE)) {
      assertThat(content.size()).isEqualTo(TEXT.length);
      Random random = new Random(7);
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(TEXT.length - 100);
        ByteBuffer read = ByteBuffer.allocate(100);
        assertThat(content.readFully(read, from)).isEqualTo(100);
        assertThat(read.array()).isEqualTo(Arrays.copyOfRange(TEXT, from, from + 100));
      }
      assertThat(content.read(ByteBuffer.allocate(1), TEXT.length)).isEqualTo(-1);
    }
  }

  @Test
  void givesTheLinesAndPlacesOfTheOriginal() throws Exception {
    Files.write(path.resolve(FILE), TEXT);
    List<String> original = lines(0);
    Files.delete(path.resolve(FILE));
    compress(TEXT);

    assertThat(lines(0)).isEqualTo(original).hasSizeGreaterThan(10);
    int place = 4_500_000;
    while (TEXT[place - 1] != '\n') {
      place++;
    }
    long from = place;
    assertThat(lines(from))
        .isEqualTo(
            original.stream()
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) >= from)
                .toList());
  }

  @Test
  void isReadByAnyProgramThatReadsZstd() throws Exception {
    compress(TEXT);

    try (InputStream zstd =
        new ZstdInputStream(Files.newInputStream(files().compressed(FILE))).setContinuous(false)) {
      assertThat(zstd.readAllBytes()).isEqualTo(TEXT);
    }
  }

  @Test
  void mayBeEmpty() throws Exception {
    compress(new byte[0]);

    assertThat(files().size(FILE)).isZero();
    assertThat(lines(0)).isEmpty();
  }

  @Test
  void findsAFlippedBit() throws Exception {
    compress(TEXT);
    byte[] compressed = Files.readAllBytes(files().compressed(FILE));
    compressed[compressed.length / 2] ^= 1;
    Files.write(files().compressed(FILE), compressed);

    assertThatIOException()
        .isThrownBy(() -> lines(0))
        .withMessageContaining(FILE + ".zst is damaged in the frame at byte ")
        .withMessageContaining("(text from byte 4194304)");
  }

  @Test
  void findsThatItWasCutShort() throws Exception {
    compress(TEXT);
    byte[] compressed = Files.readAllBytes(files().compressed(FILE));
    for (int length : new int[] {0, 5, 20, compressed.length / 2, compressed.length - 1}) {
      Files.write(files().compressed(FILE), Arrays.copyOf(compressed, length));

      assertThatIOException()
          .isThrownBy(() -> files().size(FILE))
          .withMessageContaining(FILE + ".zst was cut short");
    }
  }

  /** It would be read by zstd, and by nobody who verifies. */
  @Test
  void refusesAFrameThatTheTableSaysHasNoText() throws Exception {
    byte[] shown = Zstd.compress("{}\n".getBytes(StandardCharsets.UTF_8));
    byte[] hidden = Zstd.compress("forged\n".getBytes(StandardCharsets.UTF_8));
    SeekTable.Builder table = new SeekTable.Builder();
    table.add(shown.length, 3);
    table.add(hidden.length, 0);
    try (FileChannel file =
        FileChannel.open(
            files().compressed(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(shown));
      file.write(ByteBuffer.wrap(hidden));
      file.write(table.build());
    }

    assertThatIOException()
        .isThrownBy(() -> files().size(FILE))
        .isInstanceOf(DamagedFile.class)
        .withMessageContaining("of 0 bytes of text: none that the audit log writes");
  }

  @Test
  void saysWhatToDoAboutAFileOfAnotherProgram() throws Exception {
    try (OutputStream zstd =
        new ZstdOutputStream(Files.newOutputStream(files().compressed(FILE)))) {
      zstd.write(TEXT);
    }

    assertThatIOException()
        .isThrownBy(() -> files().size(FILE))
        .withMessageContaining("compressed by another program")
        .withMessageContaining("zstd -d");
  }

  @Test
  void isNamedOnceWhateverItsForm() throws Exception {
    Files.write(path.resolve("audit-2025-01-14.jsonl.zst"), new byte[0]);
    Files.writeString(path.resolve(FILE), "plain\n");
    Files.write(path.resolve(FILE + ".zst"), new byte[0]);
    Files.writeString(path.resolve("audit-2025-01-16.jsonl.zst.new"), "");
    Files.writeString(path.resolve("audit-2025-01-15.checkpoints"), "");

    assertThat(files().names()).containsExactly("audit-2025-01-14.jsonl", FILE);
    assertThat(files().size(FILE)).isEqualTo(6);
    assertThat(files().has("audit-2025-01-14.jsonl")).isTrue();
    assertThat(files().has("audit-2025-01-13.jsonl")).isFalse();
  }

  @Test
  void givesASingleLine() throws Exception {
    compress(TEXT);
    int start = 5_000_000;
    while (TEXT[start - 1] != '\n') {
      start++;
    }
    int end = start;
    while (TEXT[end] != '\n') {
      end++;
    }

    assertThat(new String(files().line(FILE, start, end - start), StandardCharsets.UTF_8))
        .startsWith(start + " ");
    assertThatIOException()
        .isThrownBy(() -> files().line(FILE, TEXT.length - 10, 11))
        .withMessageContaining(FILE + " has 10000000 bytes");
    assertThatIOException()
        .isThrownBy(() -> files().line("audit-2025-01-13.jsonl", 0, 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  private LogFiles files() {
    return new LogFiles(path);
  }

  private void compress(byte[] text) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                files().compressed(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        CompressedWriter writer = new CompressedWriter(file)) {
      for (int from = 0; from < text.length; from += 300_000) {
        writer.write(text, from, Math.min(300_000, text.length - from));
      }
      writer.finish();
    }
  }

  private List<String> lines(long from) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LogReader reader = new LogReader(files(), new LogPlace(FILE, from))) {
      for (LogLine line = reader.next(Long.MAX_VALUE);
          line != null;
          line = reader.next(Long.MAX_VALUE)) {
        lines.add(line.start().position() + " " + new String(line.text(), StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  /** Each line begins with where it stands. */
  private static byte[] text(int size) {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder(size + 100_000);
    while (text.length() < size) {
      String words =
          IntStream.range(0, random.nextInt(8000))
              .mapToObj(i -> Integer.toHexString(random.nextInt(1 << 16)))
              .collect(Collectors.joining(" "));
      text.append(text.length()).append(' ').append(words).append('\n');
    }
    text.setLength(size - 1);
    return text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
  }
}
