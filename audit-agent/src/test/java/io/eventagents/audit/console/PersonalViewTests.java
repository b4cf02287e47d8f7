package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PersonalViewTests {

  private static final Viewer STRANGER = new Viewer("kim", false);
  private static final Viewer TRUSTED = new Viewer("kim", true);

  private static final String SCHEMA =
      """
      {"properties": {"event_type": {"const": "order.placed"}, "data": {"properties": {
        "order_id": {"type": "string"},
        "customer": {"type": "string", "x-personal": true},
        "address": {"$ref": "#/$defs/Address", "x-personal": true},
        "parcel": {"$ref": "#/$defs/Parcel"},
        "phones": {"type": "array", "items": {"type": "string", "x-personal": true}},
        "parcels": {"type": "array", "items": {"$ref": "#/$defs/Parcel"}},
        "by_role": {"type": "object", "additionalProperties": {"type": "string", "x-personal": true}}
      }}}, "$defs": {
        "Address": {"properties": {"street": {"type": "string"}}},
        "Parcel": {"properties": {"weight": {"type": "number"}, "to": {"x-personal": true},
          "within": {"$ref": "#/$defs/Parcel"}}}
      }}""";

  private final PersonalView view =
      new PersonalView(
          new PersonalCatalog(
              Map.of("order.placed", PersonalFields.ofData(JsonMapper.shared().readTree(SCHEMA)))));

  @Test
  void masksWhatIsMarked() {
    assertThat(
            view.data("order.placed", "{\"order_id\":\"o-1\",\"customer\":\"Kim Doe\"}", STRANGER))
        .isEqualTo("{\"order_id\":\"o-1\",\"customer\":\"••••\"}");
  }

  @Test
  void showsEverythingToViewersWithTheRight() {
    String data = "{ \"customer\" : \"Kim Doe\", \"amount\": 1.50 }";

    assertThat(view.data("order.placed", data, TRUSTED)).isEqualTo(data);
  }

  @Test
  void masksOtherTextsWholeIfThereAreTooManyValues() {
    String phones =
        IntStream.range(0, 100_000)
            .mapToObj("\"+49301234%05d\""::formatted)
            .collect(Collectors.joining(","));
    String data = "{\"phones\":[%s],\"note\":\"nothing\",\"amount\":1}".formatted(phones);

    assertThat(view.data("order.placed", data, STRANGER))
        .endsWith("\"note\":\"••••\",\"amount\":1}");
    assertThat(view.text("order.placed", data, "nothing", STRANGER)).isEqualTo("••••");
  }

  @Test
  void masksWithinObjectsArraysAndMaps() {
    assertThat(
            view.data(
                "order.placed",
                """
                {"address":{"street":"Main Street 1"},"phones":["+49301234567","x"],\
                "parcel":{"weight":2.50,"to":{"name":"Kim"},"within":{"weight":1,"to":"Sam"}},\
                "parcels":[{"weight":1,"to":"Kim"}],"by_role":{"buyer":"Kim","payer":"Sam"}}""",
                STRANGER))
        .isEqualTo(
            """
            {"address":"••••","phones":["••••","••••"],\
            "parcel":{"weight":2.50,"to":"••••","within":{"weight":1,"to":"••••"}},\
            "parcels":[{"weight":1,"to":"••••"}],"by_role":{"buyer":"••••","payer":"••••"}}""");
  }

  @Test
  void masksTheSameTextElsewhereInTheEvent() {
    String data =
        "{\"customer\":\"kim@example.com\",\"reason\":\"no mailbox kim@example.com here\"}";

    assertThat(view.data("order.placed", data, STRANGER))
        .isEqualTo("{\"customer\":\"••••\",\"reason\":\"no mailbox •••• here\"}");
    assertThat(view.text("order.placed", data, "order of kim@example.com", STRANGER))
        .isEqualTo("order of ••••");
  }

  @Test
  void leavesTypesThatAreNotInTheCatalog() {
    String data = "{\"customer\":\"Kim Doe\"}";

    assertThat(view.data("order.shipped", data, STRANGER)).isEqualTo(data);
    assertThat(view.data(null, data, STRANGER)).isEqualTo(data);
  }

  @Test
  void masksDataThatItCannotRead() {
    assertThat(view.data("order.placed", "{\"customer\":\"Kim", STRANGER)).doesNotContain("Kim");
    assertThat(view.data("order.placed", "\"Kim\"", STRANGER)).isEqualTo("\"Kim\"");
    assertThat(view.data("order.placed", "{\"customer\":null}", STRANGER))
        .isEqualTo("{\"customer\":null}");
  }

  @Test
  void masksAddressesInReasonsWhoseEventIsNotAtHand() {
    assertThat(
            view.reason("550 <kim@example.com>: +49 30 123456 is unknown at 10:15:00Z", STRANGER))
        .isEqualTo("550 <••••>: •••• is unknown at 10:15:00Z");
    assertThat(view.reason("550 kim@example.com", TRUSTED)).isEqualTo("550 kim@example.com");
  }

  @Test
  void knowsTheCatalogThatComesWithIt() {
    PersonalView ours = new PersonalView(PersonalCatalog.read(null));

    assertThat(ours.data("task.created", "{\"owner_id\":\"user-456\",\"title\":\"x\"}", STRANGER))
        .isEqualTo("{\"owner_id\":\"••••\",\"title\":\"x\"}");
    assertThat(ours.data("notification.sent", "{\"recipient\":\"kim@example.com\"}", STRANGER))
        .doesNotContain("kim");
  }

  @Test
  void readsAFurtherCatalog(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("order.placed.schema.json"), SCHEMA);

    assertThat(
            new PersonalView(PersonalCatalog.read(directory))
                .data("order.placed", "{\"customer\":\"Kim\"}", STRANGER))
        .doesNotContain("Kim");
    Files.writeString(directory.resolve("broken.schema.json"), "{");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonalCatalog.read(directory))
        .withMessageContaining("audit.console.catalog is '" + directory + "'");
  }
}
