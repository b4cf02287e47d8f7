package io.eventagents;

import org.jspecify.annotations.Nullable;

/**
 * Foreign text as two columns: one that can be a primary key or be indexed, and one that holds the
 * text if the key does not.
 *
 * <pre>{@code
 * StorableKey task = StorableKey.of(event.data().taskId());
 * insert.param("task_id", task.key()).param("task_id_text", task.text());
 * select.param("task_id", StorableKey.of(taskId).key());
 * new StorableKey(row.getString("task_id"), row.getString("task_id_text")).original();
 * }</pre>
 *
 * <p>The key of a text of up to 200 characters is the text itself, {@linkplain StorableText#escape
 * escaped}; a longer one has its digest. Different texts have different keys.
 *
 * @param key at most some 1,400 bytes
 * @param text the text, escaped, if the key is a digest; else null
 */
public record StorableKey(String key, @Nullable String text) {

  /** The columns of a text. */
  public static StorableKey of(String original) {
    String key = StorableText.readableKey(original);
    return new StorableKey(key, StorableText.isDigest(key) ? StorableText.escape(original) : null);
  }

  /** The text that these columns hold. */
  public String original() {
    return StorableText.unescape(text == null ? key : text);
  }
}
