package io.eventagents.audit.proof;

/** What a log is called in notes: the origin of its checkpoints, and the name of its keys. */
public final class LogName {

  private static final String PREFIX = "event-agents/audit-log/";

  private LogName() {}

  /**
   * The name.
   *
   * @param logId the text in {@code log.id}
   */
  public static String of(String logId) {
    return PREFIX + logId;
  }

  static String logId(String name) throws MalformedNote {
    if (!name.startsWith(PREFIX) || name.length() == PREFIX.length()) {
      throw new MalformedNote("expected " + PREFIX + "<log id>, got '" + name + "'");
    }
    return name.substring(PREFIX.length());
  }
}
