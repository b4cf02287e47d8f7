package io.eventagents.notification.http;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A request that carries JSON. */
public final class JsonPost {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Without a charset, as this type has none (RFC 8259, section 11). */
  private static final ContentType TYPE = ContentType.create("application/json");

  private JsonPost() {}

  /** Creates the request; components of records are {@code snake_case}, as in events. */
  public static HttpPost of(URI url, Object body) {
    return of(url, bytes(body));
  }

  /** Creates the request from JSON that is already written. */
  public static HttpPost of(URI url, byte[] json) {
    HttpPost post = new HttpPost(url);
    post.setEntity(new ByteArrayEntity(json, TYPE));
    return post;
  }

  /** The object as JSON. */
  public static byte[] bytes(Object body) {
    return JSON.writeValueAsBytes(body);
  }
}
