package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdsTests {

  /** As Python's {@code uuid.uuid5(namespace, "\n".join(parts))} makes them. */
  @ParameterizedTest
  @CsvSource({
    "notification-email, e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d, notification.sent, 0, 917da08a-525e-5617-8d05-bec94c93121d",
    "notification-email, e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d, notification.sent, 1, 7ffc73cf-2782-5ce9-aa1f-f6a08b8d6445",
    "büro,               事件-1,                               task.created,      12, 4affc347-599c-5cd0-bbac-fb49268ff400"
  })
  void areWhatProgramsInOtherLanguagesDerive(
      String agent, String causeId, String eventType, int ordinal, String id) {
    assertThat(EventIds.derive(agent, causeId, eventType, ordinal)).isEqualTo(id);
  }

  /** As Python makes them from {@code name.encode("utf-8", "surrogatepass")}. */
  @Test
  void tellUnpairedSurrogatesApart() {
    assertThat(EventIds.derive("a", "\ud800 \ud83d\ude00", "c.done", 0))
        .isEqualTo("6c4d6d41-549f-5fad-96bc-e3696fcc42a1");
    assertThat(EventIds.derive("a", "\udfff \ud83d\ude00", "c.done", 0))
        .isEqualTo("ac08b45a-2c78-5906-9275-067365b388eb");
  }

  @Test
  void areUuidsOfVersion5() {
    UUID id = UUID.fromString(EventIds.derive("a", "b", "c.done", 0));

    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
  }
}
