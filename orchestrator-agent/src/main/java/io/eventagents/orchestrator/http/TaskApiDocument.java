package io.eventagents.orchestrator.http;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;

/**
 * Adds the tasks to the OpenAPI document at {@code /v3/api-docs}. Their part is written by hand,
 * with examples that the tests try, because no types describe the bodies and answers to springdoc.
 */
public final class TaskApiDocument implements OpenApiCustomizer {

  static final String RESOURCE = "/openapi/tasks.yaml";

  @Override
  public void customise(OpenAPI document) {
    OpenAPI tasks = read();
    document.info(tasks.getInfo()).tags(tasks.getTags());
    tasks.getPaths().forEach(document::path);
    Components ours = tasks.getComponents();
    ours.getSchemas().forEach(document::schema);
    Components all = document.getComponents(); // not null, because there are schemas
    ours.getParameters().forEach(all::addParameters);
    ours.getHeaders().forEach(all::addHeaders);
    ours.getResponses().forEach(all::addResponses);
  }

  /** A new document for each caller, who may change it. */
  static OpenAPI read() {
    try (InputStream yaml =
        new ClassPathResource(RESOURCE, TaskApiDocument.class).getInputStream()) {
      return Yaml31.mapper().readValue(yaml, OpenAPI.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
