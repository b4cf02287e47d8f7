package io.eventagents.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object that a client sent, in the client's order.
 *
 * <pre>{@code
 * JsonFields fields = new JsonFields(JsonBody.read(body));
 * }</pre>
 *
 * <p>Thread-safe if nobody changes its nodes.
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

  /** A reader that looks for repeated names only in the object itself. */
  public static JsonReader reader() {
    return JsonReader.PLAIN;
  }

  /** The member's value; null if it is absent. */
  public @Nullable JsonNode get(String field) {
    return members.get(field);
  }

  /** Whether there is such a member, even {@code null}. */
  public boolean has(String field) {
    return members.containsKey(field);
  }

  /** The names of the members, in the order in which they were sent. */
  public Set<String> names() {
    return members.keySet();
  }
}
