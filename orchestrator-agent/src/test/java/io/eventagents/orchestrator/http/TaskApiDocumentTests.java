package io.eventagents.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventagents.orchestrator.TaskClient;
import io.eventagents.test.AgentTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares the OpenAPI document with the operations that exist and the answers that they give. */
@AgentTest
class TaskApiDocumentTests {

  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private TaskClient client = TaskClient.of(0);
  private JsonNode document = new JsonMapper().createObjectNode();

  @BeforeEach
  void read() {
    client = TaskClient.of(port);
    HttpResponse<String> answer = client.get("/v3/api-docs");
    assertThat(answer.statusCode()).isEqualTo(200);
    document = TaskClient.json(answer);
  }

  @Test
  void hasEveryOperation() {
    Set<String> served = new TreeSet<>();
    mappings
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              if (method.getBeanType() == TaskController.class) {
                mapping
                    .getMethodsCondition()
                    .getMethods()
                    .forEach(
                        verb ->
                            mapping
                                .getPatternValues()
                                .forEach(
                                    path ->
                                        served.add(
                                            verb.name().toLowerCase(Locale.ROOT) + " " + path)));
              }
            });

    assertThat(document.get("openapi").asString()).startsWith("3.1");
    assertThat(operations().keySet()).filteredOn(it -> it.contains(" /tasks")).hasSize(8);
    assertThat(operations().keySet())
        .filteredOn(it -> it.contains(" /tasks"))
        .containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void hasAnExampleOfEveryBodyThatFitsItsSchema() {
    List<String> tried = new ArrayList<>();
    operations()
        .forEach(
            (name, operation) -> {
              if (!name.contains(" /tasks")) {
                return;
              }
              assertThat(operation.path("summary").asString("")).as(name).isNotEmpty();
              operation
                  .path("requestBody")
                  .path("content")
                  .properties()
                  .forEach(body -> tryExamples(name, body.getValue(), tried));
              operation
                  .path("responses")
                  .properties()
                  .forEach(
                      response ->
                          resolved(response.getValue())
                              .path("content")
                              .properties()
                              .forEach(
                                  body ->
                                      tryExamples(
                                          name + " " + response.getKey(), body.getValue(), tried)));
            });

    assertThat(tried).hasSizeGreaterThan(50);
  }

  @Test
  void describesWhatIsAnswered() {
    String example =
        document
            .at("/paths/~1tasks/post/requestBody/content/application~1json/examples/due/value")
            .toString();
    HttpResponse<String> created = client.post("/tasks", example);
    assertThat(created.statusCode()).isEqualTo(201);
    assertFits("Created", created.body());
    String id = TaskClient.json(created).get("id").asString();
    assertFits("Task", client.get("/tasks/" + id).body());
    assertFits("Task", client.patch(id, "{\"priority\":5,\"due_at\":null}").body());
    assertFits("TaskEvents", client.get("/tasks/" + id + "/events").body());
    assertFits("TaskList", client.get("/tasks?limit=3").body());
    assertFits("Problem", client.post("/tasks", "{}").body());
    assertFits("Problem", client.get("/tasks/task-unknown").body());
    String lines =
        document
            .at(
                "/paths/~1tasks~1bulk/post/requestBody/content/application~1x-ndjson/examples/two/value")
            .asString();
    List<String> answers = client.bulk(lines).body().lines().toList();
    assertThat(answers).hasSize(2).allSatisfy(line -> assertFits("BulkAnswer", line));
    assertThat(answers.get(1))
        .isEqualTo(
            document
                .at(
                    "/paths/~1tasks~1bulk/post/responses/200/content/application~1x-ndjson/examples/two/value")
                .asString()
                .lines()
                .toList()
                .get(1));
  }

  @Test
  void namesTheStatusThatIsAnswered() {
    assertThat(
            TaskClient.send(
                    client
                        .request("/tasks")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x")))
                .body())
        .contains(
            document
                .at(
                    "/components/responses/MediaType/content/application~1problem+json/examples/text/value/detail")
                .asString());
  }

  private void tryExamples(String where, JsonNode body, List<String> tried) {
    assertThat(body.path("examples").properties()).as("%s has an example", where).isNotEmpty();
    body.path("examples")
        .properties()
        .forEach(
            example -> {
              assertThat(errors(body.get("schema"), example.getValue().get("value").toString()))
                  .as("%s: the example %s", where, example.getKey())
                  .isEmpty();
              tried.add(where + " " + example.getKey());
            });
  }

  private void assertFits(String schema, String body) {
    assertThat(errors(document.at("/components/schemas/" + schema), body))
        .as("%s: %s", schema, body)
        .isEmpty();
  }

  /** The validator knows only JSON Schema, so the components go where references find them. */
  private List<Error> errors(JsonNode schema, String body) {
    ObjectNode root = ((ObjectNode) schema).deepCopy();
    root.putObject("components").set("schemas", document.at("/components/schemas"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(root.toString())
        .validate(
            body,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString()
        ? Objects.requireNonNull(document.at(reference.asString().substring(1)))
        : node;
  }

  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (METHODS.contains(operation.getKey())) {
                            operations.put(
                                operation.getKey() + " " + path.getKey(), operation.getValue());
                          }
                        }));
    return operations;
  }
}
