package io.eventagents.test.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFilesTests {

  @EventType("order.placed")
  record OrderPlaced(@EntityKey String orderId, int amount) {}

  @EventType("order.paid")
  record OrderPaid(String orderId) {}

  @EventType("order.placed")
  record WithNote(@EntityKey String orderId, int amount, @Nullable String note) {}

  @EventType("order.placed")
  record WithoutAmount(@EntityKey String orderId) {}

  @TempDir Path directory;
  private Path folder = Path.of("");
  private CatalogFiles files = CatalogFiles.in(folder, "", "");

  @BeforeEach
  void published() {
    folder = directory.resolve("events");
    files = CatalogFiles.in(folder, "./write", "-Dallow=");
    files.write(catalog(OrderPlaced.class, OrderPaid.class), Set.of());
  }

  @Test
  void writesASchemaPerEventTypeAndATable() {
    assertThat(folder.resolve("order.placed.schema.json"))
        .hasContent(Schemas.of(OrderPlaced.class).text());
    assertThat(folder.resolve("README.md"))
        .content()
        .contains("\n./write\n")
        .contains(
            "| [`order.placed`](order.placed.schema.json) | shop | `order-events` |"
                + " `order_id`, `amount` | `order_id` | billing |")
        .contains(
            "| [`order.paid`](order.paid.schema.json) | shop | `order-events` |"
                + " `order_id` | its cause's |  |");
    assertThatCode(() -> files.verify(catalog(OrderPlaced.class, OrderPaid.class)))
        .doesNotThrowAnyException();
  }

  @Test
  void lineEndsOfTheCheckoutAreNoChange() throws IOException {
    Path schema = folder.resolve("order.placed.schema.json");
    Files.writeString(schema, Files.readString(schema).replace("\n", "\r\n"));

    assertThatCode(() -> files.verify(catalog(OrderPlaced.class, OrderPaid.class)))
        .doesNotThrowAnyException();
  }

  @Test
  void harmlessChangeAsksForTheCatalogToBeWritten() {
    EventCatalog changed = catalog(WithNote.class, OrderPaid.class);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> files.verify(changed))
        .withMessageContaining("no reader is broken by the difference:\n")
        .withMessageContaining("- order.placed.schema.json")
        .withMessageEndingWith("write it and commit it with the change:\n  ./write");

    files.write(changed, Set.of());
    assertThatCode(() -> files.verify(changed)).doesNotThrowAnyException();
  }

  @Test
  void newEventTypeAsksForTheCatalogToBeWritten() throws IOException {
    Files.delete(folder.resolve("order.paid.schema.json"));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> files.verify(catalog(OrderPlaced.class, OrderPaid.class)))
        .withMessageContaining("- order.paid.schema.json")
        .withMessageEndingWith("./write");
  }

  @Test
  void changeThatBreaksReadersIsRefusedAlsoWhenWritten() throws IOException {
    EventCatalog changed = catalog(WithoutAmount.class, OrderPaid.class);
    List<String> before = contents();

    for (var attempt :
        List.<Runnable>of(() -> files.verify(changed), () -> files.write(changed, Set.of()))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(attempt::run)
          .withMessageStartingWith(
              "order.placed ("
                  + WithoutAmount.class.getName()
                  + ") is changed so that readers break:\n"
                  + "- data.amount was removed (it was integer (int32)): its readers find"
                  + " nothing\n\nWhat to do: take the change back.")
          .withMessageContaining("declare a new event type, and publish both while readers move")
          .withMessageEndingWith("  ./write -Dallow=order.placed");
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void breakOfAnEventTypeThatWasNeverReleasedCanBeAllowed() {
    EventCatalog changed = catalog(WithoutAmount.class);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> files.write(changed, Set.of("order.placed")))
        .withMessageStartingWith("order.paid is no longer published by anybody");

    files.write(changed, Set.of("order.placed", "order.paid"));
    assertThat(folder.resolve("order.paid.schema.json")).doesNotExist();
    assertThatCode(() -> files.verify(changed)).doesNotThrowAnyException();
  }

  @Test
  void oneEventTypeInTwoShapesIsRefused() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                new EventCatalog(
                    new DeclaredEvents(
                        List.of(
                            new DeclaredEvent("shop", Schemas.payload(OrderPlaced.class)),
                            new DeclaredEvent("kiosk", Schemas.payload(WithNote.class))),
                        List.of())))
        .withMessageStartingWith("order.placed is published in two shapes: by shop as ")
        .withMessageContaining("- data.note: nothing in " + OrderPlaced.class.getName())
        .withMessageContaining("What to do: declare the same fields on both");
  }

  @Test
  void applicationOfAnotherModuleFitsOrIsRefused() {
    assertThatCode(() -> files.verifyApplication(catalog(OrderPaid.class, WithNote.class)))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> files.verifyApplication(catalog(WithNote.class)))
        .withMessageStartingWith("billing reads order.placed as " + WithNote.class.getName())
        .withMessageContaining("the catalog in events publishes:\n- data.note: ");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                files.verifyApplication(
                    new EventCatalog(
                        new DeclaredEvents(
                            List.of(
                                new DeclaredEvent("kiosk", Schemas.payload(WithoutAmount.class))),
                            List.of()))))
        .withMessageStartingWith("kiosk publishes order.placed as " + WithoutAmount.class.getName())
        .withMessageContaining(
            "- data.amount: readers are promised integer (int32), it publishes nothing");
  }

  @Test
  void catalogThatIsNotThereIsNoPermission() {
    CatalogFiles nowhere = CatalogFiles.in(directory.resolve("nowhere"), "./write", "-Dallow=");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> nowhere.verifyApplication(catalog(OrderPlaced.class)))
        .withMessageStartingWith("There is no catalog in ")
        .withMessageEndingWith("Write it: ./write");
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().map(CatalogFilesTests::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return file.getFileName() + Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EventCatalog catalog(Class<?>... payloads) {
    return new EventCatalog(
        new DeclaredEvents(
            Stream.of(payloads)
                .map(payload -> new DeclaredEvent("shop", Schemas.payload(payload)))
                .toList(),
            List.of(new DeclaredEvent("billing", Schemas.payload(payloads[0])))));
  }
}
