package io.eventagents.local.inbox;

import io.eventagents.local.inbox.InboxEntry.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The entries of messages that are kept as JSON. */
final class PostEntry {

  private static final JsonMapper JSON = JsonMapper.shared();

  private PostEntry() {}

  static InboxEntry of(Received received) {
    JsonNode post = JSON.readTree(received.source());
    return switch (received.kind()) {
      case MAIL -> throw new IllegalArgumentException("A mail is not kept as JSON");
      case SLACK -> slack(received, post);
      case TEAMS -> teams(received, post);
      case SMS ->
          new InboxEntry(
              received,
              received.address(),
              fields(post, "from", "sid", "status_callback"),
              text(post.path("body")));
      case PUSH ->
          new InboxEntry(
              received,
              text(post.at("/message/notification/title")),
              fields(post.path("message"), "token"),
              text(post.at("/message/notification/body")));
      case WEBHOOK ->
          new InboxEntry(
              received,
              text(post.at("/body/type")),
              fields(post, "webhook-id", "webhook-timestamp", "webhook-signature"),
              post.path("body").toPrettyString());
    };
  }

  private static InboxEntry slack(Received received, JsonNode post) {
    String text = text(post.path("text"));
    return new InboxEntry(
        received,
        post.path("channel").asString("(the webhook's channel)"),
        List.of(new Field("Webhook", received.address())),
        text.isBlank() ? post.path("blocks").toPrettyString() : text);
  }

  /** The first block of the agents' cards is the title. Any other card is shown as JSON. */
  private static InboxEntry teams(Received received, JsonNode post) {
    JsonNode card = post.at("/attachments/0/content");
    List<Field> fields = List.of(new Field("Workflow", received.address()));
    StringJoiner texts = new StringJoiner("\n");
    for (JsonNode block : card.path("body")) {
      texts.add(text(block.path("text")));
    }
    String[] titleAndText = texts.toString().split("\n", 2);
    return titleAndText.length < 2
        ? new InboxEntry(received, "(card)", fields, card.toPrettyString())
        : new InboxEntry(received, titleAndText[0], fields, titleAndText[1]);
  }

  private static List<Field> fields(JsonNode node, String... names) {
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      String value = text(node.path(name));
      if (!value.isEmpty()) {
        fields.add(new Field(name, value));
      }
    }
    return fields;
  }

  private static String text(JsonNode node) {
    return node.asString("");
  }
}
