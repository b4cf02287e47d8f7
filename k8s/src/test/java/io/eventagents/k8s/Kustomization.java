package io.eventagents.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;

/**
 * Renders the few Kustomize fields that the manifests use and refuses all others, so that the
 * checks need no installed program. If one is installed, {@link KustomizeTests} compares the two.
 */
final class Kustomization {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches");
  private static final Set<String> CLUSTER_SCOPED = Set.of("Namespace");

  private final Path directory;
  private final JsonNode file;

  private Kustomization(Path directory) {
    this.directory = directory;
    this.file = documents(directory.resolve("kustomization.yaml")).getFirst();
  }

  /** The objects of a directory with a {@code kustomization.yaml}. */
  static List<ObjectNode> render(Path directory) {
    return new Kustomization(directory.normalize()).objects();
  }

  /** The objects in a file of YAML documents. */
  static List<ObjectNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read %s".formatted(file), e);
    }
  }

  static List<ObjectNode> documents(String yaml) throws IOException {
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(yaml)) {
      return documents.readAll();
    }
  }

  private List<ObjectNode> objects() {
    for (Iterator<String> fields = file.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!FIELDS.contains(field)) {
        throw new IllegalStateException(
            "%s has the field '%s', which this class does not render; it knows %s"
                .formatted(directory, field, FIELDS));
      }
    }
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : file.path("resources")) {
      Path path = directory.resolve(resource.asText());
      objects.addAll(Files.isDirectory(path) ? render(path) : documents(path));
    }
    for (JsonNode patch : file.path("patches")) {
      patch(objects, patch);
    }
    if (file.has("namespace")) {
      objects.stream()
          .filter(object -> !CLUSTER_SCOPED.contains(object.path("kind").asText()))
          .forEach(
              object ->
                  ((ObjectNode) object.get("metadata"))
                      .put("namespace", file.get("namespace").asText()));
    }
    return objects;
  }

  private void patch(List<ObjectNode> objects, JsonNode patch) {
    JsonNode target = patch.path("target");
    int patched = 0;
    for (ListIterator<ObjectNode> each = objects.listIterator(); each.hasNext(); ) {
      ObjectNode object = each.next();
      if (matches(object, target)) {
        each.set((ObjectNode) JsonPatch.apply(operations(patch), object));
        patched++;
      }
    }
    if (patched == 0) {
      throw new IllegalStateException(
          "%s patches an object that does not exist: %s".formatted(directory, target));
    }
  }

  private JsonNode operations(JsonNode patch) {
    try {
      return YAML.readTree(patch.path("patch").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s has a patch that is not valid YAML".formatted(directory), e);
    }
  }

  private static boolean matches(ObjectNode object, JsonNode target) {
    return object.path("kind").asText().equals(target.path("kind").asText())
        && (!target.has("name")
            || object.at("/metadata/name").asText().equals(target.get("name").asText()));
  }
}
