package io.eventagents.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of a JSON object, and reports everything that is wrong with them at once.
 *
 * <pre>{@code
 * JsonFields fields = new JsonFields(JsonBody.read(body));
 * String title = fields.required("title", JsonValues::text);
 * Integer copies = fields.value("copies", node -> JsonValues.whole(node, 1, 9));
 * fields.refuseUnknown(Set.of("title", "copies"), "is not known; there are title and copies");
 * return new Order(fields.checked(title), copies == null ? 1 : copies);
 * }</pre>
 *
 * <p>For one request and one thread.
 */
public final class JsonFields {

  private static final int MOST_UNKNOWN = 20;

  private final JsonBody body;
  private final List<FieldError> errors = new ArrayList<>();

  public JsonFields(JsonBody body) {
    this.body = body;
  }

  /**
   * Reads a member that must be there.
   *
   * @param reader throws {@link UnfitValue} if the value is not fit, such as {@code null}
   * @return null if there is an error
   */
  public <T> @Nullable T required(String field, Function<JsonNode, T> reader) {
    if (!body.has(field)) {
      wrong(field, "is required");
    }
    return value(field, reader);
  }

  /**
   * Reads a member.
   *
   * @param reader throws {@link UnfitValue} if the value is not fit, such as {@code null}
   * @return null if it is absent, or if there is an error
   */
  public <T> @Nullable T value(String field, Function<JsonNode, T> reader) {
    JsonNode node = body.get(field);
    try {
      return node == null ? null : reader.apply(node);
    } catch (UnfitValue unfit) {
      wrong(field, unfit.expected());
      return null;
    }
  }

  /**
   * Reads a member that may be {@code null}.
   *
   * @param reader throws {@link UnfitValue} if the value is not fit
   * @return null if it is absent or {@code null}, or if there is an error
   */
  public <T> @Nullable T optional(String field, Function<JsonNode, T> reader) {
    return isNull(field) ? null : value(field, reader);
  }

  /** Whether the member is there and {@code null}. */
  public boolean isNull(String field) {
    JsonNode node = body.get(field);
    return node != null && node.isNull();
  }

  /** Adds an error. */
  public void wrong(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  /** Adds an error for each member of any other name, up to twenty. */
  public void refuseUnknown(Set<String> known, String message) {
    body.names().stream()
        .filter(name -> !known.contains(name))
        .limit(MOST_UNKNOWN)
        .forEach(name -> wrong(name, message));
  }

  /**
   * @throws InvalidRequest with all errors, if there are any
   */
  public void check() {
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors);
    }
  }

  /**
   * The value, if there is no error.
   *
   * @throws InvalidRequest with all errors, if there are any
   */
  public <T> T checked(@Nullable T value) {
    check();
    if (value == null) {
      throw new IllegalStateException("A missing value is an error, but there is none");
    }
    return value;
  }
}
