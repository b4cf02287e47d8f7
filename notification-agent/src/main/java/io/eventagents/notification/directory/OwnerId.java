package io.eventagents.notification.directory;

/** The id of an owner that a directory can know. */
final class OwnerId {

  private static final int LONGEST = 255;

  private OwnerId() {}

  /** Whether it has 1 to 255 characters, none of them a control character. */
  static boolean isValid(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST
        && id.codePoints()
            .noneMatch(
                character ->
                    Character.isISOControl(character)
                        || Character.getType(character) == Character.SURROGATE);
  }
}
