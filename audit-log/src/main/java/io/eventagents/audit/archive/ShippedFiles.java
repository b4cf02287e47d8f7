package io.eventagents.audit.archive;

import io.eventagents.audit.log.LogDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which files were shipped and verified, as they were then: {@code shipped.json} beside the log.
 * Where it is missing, all files are shipped again. Thread-safe.
 */
final class ShippedFiles {

  static final String NAME = "shipped.json";

  private static final Logger log = LoggerFactory.getLogger(ShippedFiles.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogDirectory directory;
  private final Map<String, Shipped> shipped;

  ShippedFiles(LogDirectory directory) {
    this.directory = directory;
    this.shipped = load(directory.path().resolve(NAME));
  }

  /** Whether the file was shipped as it is now. */
  synchronized boolean has(Path file) throws IOException {
    Shipped known = shipped.get(name(file));
    if (known == null) {
      return false;
    }
    try {
      return known.equals(Shipped.of(file, known.sha256()));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Keeps that the file was shipped.
   *
   * @param before what {@link #look} said before it was
   */
  synchronized void add(Shipped before, String name, String sha256) throws IOException {
    shipped.put(name, new Shipped(before.size(), before.modified(), sha256));
    directory.replace(NAME, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(shipped));
  }

  /** The file as it is now. */
  static Shipped look(Path file) throws IOException {
    return Shipped.of(file, "");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Map<String, Shipped> load(Path file) {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      return JSON.readValue(
          Files.readAllBytes(file), new TypeReference<TreeMap<String, Shipped>>() {});
    } catch (IOException | JacksonException e) {
      log.warn("{} cannot be read ({}): all old files are shipped again", file, e.toString());
      return new TreeMap<>();
    }
  }

  /**
   * A file as it was shipped.
   *
   * @param modified when it was written last
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Shipped(long size, String modified, String sha256) {

    private static Shipped of(Path file, String sha256) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Shipped(now.size(), now.lastModifiedTime().toInstant().toString(), sha256);
    }
  }
}
