package io.eventagents.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object that a client sent, in its order.
 *
 * <pre>{@code
 * JsonFields fields = new JsonFields(JsonBody.read(body));
 * }</pre>
 *
 * <p>Thread-safe as long as nobody changes its nodes.
 */
public final class JsonBody {

  private final Map<String, JsonNode> members;

  JsonBody(Map<String, JsonNode> members) {
    this.members = members;
  }

  /**
   * Reads a body as {@link #reader()} does.
   *
   * @throws InvalidRequest if it is no JSON, no object, or has a member twice
   */
  public static JsonBody read(byte @Nullable [] body) {
    return reader().read(body);
  }

  /**
   * Reads a body as {@link #read} does; no body is an object without members.
   *
   * @throws InvalidRequest if it is no JSON, no object, or has a member twice
   */
  public static JsonBody readOptional(byte @Nullable [] body) {
    return body == null || body.length == 0 ? new JsonBody(Map.of()) : read(body);
  }

  /** A reader of bodies that looks for repeated names in the object itself only. */
  public static JsonReader reader() {
    return JsonReader.PLAIN;
  }

  /** The member's value; null if it is not there. */
  public @Nullable JsonNode get(String field) {
    return members.get(field);
  }

  /** Whether there is such a member, be it {@code null}. */
  public boolean has(String field) {
    return members.containsKey(field);
  }

  /** What there is, in the order in which it was sent. */
  public Set<String> names() {
    return members.keySet();
  }
}
