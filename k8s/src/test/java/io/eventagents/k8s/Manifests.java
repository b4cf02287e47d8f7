package io.eventagents.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Rendered objects, with look-ups among them.
 *
 * @param name the name for messages
 */
record Manifests(String name, List<ObjectNode> objects) {

  static Manifests of(String directory) {
    return new Manifests(directory, Kustomization.render(Path.of(directory)));
  }

  List<ObjectNode> kind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  Optional<ObjectNode> find(String kind, String name) {
    return kind(kind).stream().filter(object -> nameOf(object).equals(name)).findFirst();
  }

  /** The objects that create pods. */
  List<ObjectNode> workloads() {
    return Stream.concat(kind("Deployment").stream(), kind("StatefulSet").stream()).toList();
  }

  /** The project's own workloads. */
  List<ObjectNode> applications() {
    return workloads().stream()
        .filter(
            workload ->
                workload
                    .at("/metadata/labels/app.kubernetes.io~1part-of")
                    .asText()
                    .equals("event-agents"))
        .toList();
  }

  static String nameOf(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static JsonNode pod(JsonNode workload) {
    return workload.at("/spec/template/spec");
  }

  /** The container of a workload; each has exactly one. */
  static JsonNode container(JsonNode workload) {
    return pod(workload).at("/containers/0");
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The environment of a workload's container without secrets; later sources win. */
  Map<String, String> environment(JsonNode workload) {
    Map<String, String> environment = new TreeMap<>();
    each(container(workload).path("envFrom"))
        .filter(source -> source.has("configMapRef"))
        .flatMap(source -> find("ConfigMap", source.at("/configMapRef/name").asText()).stream())
        .forEach(
            map ->
                map.path("data")
                    .properties()
                    .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText())));
    each(container(workload).path("env"))
        .filter(variable -> variable.has("value"))
        .forEach(
            variable ->
                environment.put(variable.path("name").asText(), variable.path("value").asText()));
    return environment;
  }

  @Override
  public String toString() {
    return name;
  }
}
