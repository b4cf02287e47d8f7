package io.eventagents.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Every message that an event reports has arrived, and no other message has. A repeated message has
 * the key of the first.
 *
 * @param name the name of such a message
 * @param arrived the number of arrivals of each message, by its key
 */
record MessagesCheck(String channel, String name, Supplier<Map<String, Integer>> arrived)
    implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    Map<String, EventRecord> told = new HashMap<>();
    for (EventRecord sent : Topics.distinct(topics.of("notification-events")).values()) {
      if (sent.type().equals("notification.sent") && sent.data("channel").equals(channel)) {
        told.put(sent.data("provider_message_id"), sent);
      }
    }
    Map<String, Integer> messages = arrived.get();
    told.entrySet().stream()
        .filter(sent -> !messages.containsKey(sent.getKey()))
        .forEach(sent -> findings.wrong("no " + name + " arrived for " + sent.getValue()));
    messages.keySet().stream()
        .filter(key -> !told.containsKey(key))
        .forEach(key -> findings.missing("the notification.sent of " + name + " " + key));
  }
}
