package io.eventagents.test.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whether a reader that expects one schema can read everything that another allows to be written.
 * Readers tolerate fields that they do not know, and nothing else: a number is not text.
 */
final class Fit {

  private final JsonNode writtenRoot;
  private final JsonNode expectedRoot;
  private final List<Misfit> misfits = new ArrayList<>();
  private final Set<List<String>> compared = new HashSet<>();

  private Fit(JsonNode writtenRoot, JsonNode expectedRoot) {
    this.writtenRoot = writtenRoot;
    this.expectedRoot = expectedRoot;
  }

  /** Where it cannot be read; empty if it fits. */
  static List<Misfit> misfits(EventSchema written, EventSchema expected) {
    Fit fit = new Fit(written.json(), expected.json());
    fit.compare("", written.json(), expected.json());
    return List.copyOf(fit.misfits);
  }

  private void compare(String path, JsonNode writtenOrRef, JsonNode expectedOrRef) {
    if (isRef(writtenOrRef)
        && isRef(expectedOrRef)
        && !compared.add(List.of(path(writtenOrRef), path(expectedOrRef)))) {
      return;
    }
    Alternatives written = Alternatives.of(writtenOrRef, writtenRoot);
    Alternatives expected = Alternatives.of(expectedOrRef, expectedRoot);
    if (expected.type().equals(Alternatives.ANY)) {
      return;
    }
    if ((written.orNull() && !expected.orNull()) || !isWithin(written, expected)) {
      add(path, Misfit.Kind.TYPE, written.words(), expected.words());
      return;
    }
    switch (expected.type()) {
      case "object" -> objects(path, written.schema(), expected.schema());
      case "array" ->
          compare(path + "[]", written.schema().path("items"), expected.schema().path("items"));
      default -> values(path, written, expected);
    }
  }

  private static boolean isWithin(Alternatives written, Alternatives expected) {
    if (!written.type().equals(expected.type())) {
      return written.type().equals("integer") && expected.type().equals("number");
    }
    return expected.format().isEmpty()
        || expected.format().equals(written.format())
        || (written.format().equals("int32") && expected.format().equals("int64"));
  }

  private void values(String path, Alternatives written, Alternatives expected) {
    Set<String> known = expected.values();
    if (known.isEmpty()) {
      return;
    }
    if (written.values().isEmpty()) {
      add(path, Misfit.Kind.TYPE, written.words(), expected.words());
      return;
    }
    Set<String> unknown = new LinkedHashSet<>(written.values());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      add(path, Misfit.Kind.VALUES, String.join(", ", unknown), String.join(", ", known));
    }
  }

  private void objects(String path, JsonNode written, JsonNode expected) {
    if (expected.has("additionalProperties")) {
      JsonNode value = expected.path("additionalProperties");
      if (written.has("additionalProperties")) {
        compare(path + ".*", written.path("additionalProperties"), value);
      }
      written
          .path("properties")
          .properties()
          .forEach(field -> compare(at(path, field.getKey()), field.getValue(), value));
      return;
    }
    Set<String> alwaysThere = required(written);
    Set<String> required = required(expected);
    for (Map.Entry<String, JsonNode> field : expected.path("properties").properties()) {
      String name = field.getKey();
      boolean isRequired = required.contains(name);
      JsonNode writtenField = written.path("properties").path(name);
      if (writtenField.isMissingNode()) {
        writtenField = written.path("additionalProperties");
      }
      if (writtenField.isMissingNode()) {
        add(
            at(path, name),
            isRequired ? Misfit.Kind.MISSING : Misfit.Kind.NEVER_WRITTEN,
            "nothing",
            Alternatives.of(field.getValue(), expectedRoot).words());
        continue;
      }
      if (isRequired && !alwaysThere.contains(name)) {
        add(at(path, name), Misfit.Kind.MAY_BE_ABSENT, "optional", "required");
      }
      compare(at(path, name), writtenField, field.getValue());
    }
  }

  private static Set<String> required(JsonNode object) {
    return object.path("required").values().stream()
        .map(JsonNode::asString)
        .collect(Collectors.toSet());
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isRef(JsonNode schema) {
    return schema.has("$ref");
  }

  private static String path(JsonNode schema) {
    return schema.path("$ref").asString();
  }

  private void add(String path, Misfit.Kind kind, String written, String expected) {
    misfits.add(new Misfit(path, kind, written, expected));
  }
}
