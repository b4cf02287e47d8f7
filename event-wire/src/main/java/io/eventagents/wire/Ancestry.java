package io.eventagents.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.eventagents.EventHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/**
 * The events that an event goes back to, each caused by the one before: how many there are, and how
 * often each agent is among those that emitted them. The header {@value EventHeaders#ANCESTRY}
 * carries it, as {@code 4;invoicing=2,billing=2}.
 *
 * <p>What cannot be read counts as none: a foreign producer may write anything there, and no event
 * fails for it. At most {@value #LONGEST} bytes; of more agents those that occur least are left
 * out.
 */
public final class Ancestry {

  /** Of an event that nothing caused, as far as is known. */
  public static final Ancestry NONE = new Ancestry(0, "");

  static final int LONGEST = 2_048;

  private static final int MOST = 999_999_999;
  private static final int MOST_DIGITS = 9;

  private final int depth;
  private final String agents;

  private Ancestry(int depth, String agents) {
    this.depth = depth;
    this.agents = agents;
  }

  /** That of the event that these are the headers of. */
  public static Ancestry of(Headers headers) {
    byte[] value = EventHeaders.value(headers, EventHeaders.ANCESTRY);
    return value == null || value.length > LONGEST ? NONE : parse(new String(value, ISO_8859_1));
  }

  private static Ancestry parse(String text) {
    int end = endOfNumber(text, 0);
    if (end == 0) {
      return NONE;
    }
    int depth = Integer.parseInt(text, 0, end, 10);
    if (end == text.length()) {
      return new Ancestry(depth, "");
    }
    return text.charAt(end) == ';' && areAgents(text, end + 1)
        ? new Ancestry(depth, text.substring(end + 1))
        : NONE;
  }

  private static boolean areAgents(String text, int from) {
    int at = from;
    while (true) {
      int name = at;
      while (at < text.length() && isOfName(text.charAt(at))) {
        at++;
      }
      if (at == name || at == text.length() || text.charAt(at) != '=') {
        return false;
      }
      int end = endOfNumber(text, at + 1);
      if (end == at + 1) {
        return false;
      }
      if (end == text.length()) {
        return true;
      }
      if (text.charAt(end) != ',') {
        return false;
      }
      at = end + 1;
    }
  }

  private static boolean isOfName(char character) {
    return character > ' ' && character < 0x7F && ",;=".indexOf(character) < 0;
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length()
        && end - from < MOST_DIGITS
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** How many events it goes back to; 0 for the first of a chain. */
  public int depth() {
    return depth;
  }

  /** How many of them the agent emitted. */
  public int timesOf(String agent) {
    int at = find(agent);
    if (at < 0) {
      return 0;
    }
    int number = at + agent.length() + 1;
    return Integer.parseInt(agents, number, endOfNumber(agents, number), 10);
  }

  /** Where the agent stands among the others; negative if it does not. */
  private int find(String agent) {
    for (int at = agents.indexOf(agent); at >= 0; at = agents.indexOf(agent, at + 1)) {
      int end = at + agent.length();
      if ((at == 0 || agents.charAt(at - 1) == ',')
          && end < agents.length()
          && agents.charAt(end) == '=') {
        return at;
      }
    }
    return -1;
  }

  /** The header of what the agent emits because of the event. */
  public byte[] with(String agent) {
    return (Math.min(MOST, depth + 1) + ";" + fitting(agent, counted(agent))).getBytes(ISO_8859_1);
  }

  private String counted(String agent) {
    int at = find(agent);
    if (at < 0) {
      return agents.isEmpty() ? agent + "=1" : agents + "," + agent + "=1";
    }
    int number = at + agent.length() + 1;
    return agents.substring(0, number)
        + Math.min(MOST, timesOf(agent) + 1)
        + agents.substring(endOfNumber(agents, number));
  }

  /**
   * Agents as they fit into the header: whoever goes round in circles is the last to be left out.
   */
  private static String fitting(String agent, String all) {
    int room = LONGEST - MOST_DIGITS - 2;
    if (all.length() <= room) {
      return all;
    }
    List<String> kept = new ArrayList<>(Arrays.asList(all.split(",")));
    int length = all.length();
    while (length > room && kept.size() > 1) {
      String least = kept.getFirst().startsWith(agent + "=") ? kept.get(1) : kept.getFirst();
      for (String one : kept) {
        if (times(one) < times(least) && !one.startsWith(agent + "=")) {
          least = one;
        }
      }
      kept.remove(least);
      length -= least.length() + 1;
    }
    return String.join(",", kept);
  }

  private static int times(String counted) {
    return Integer.parseInt(counted.substring(counted.indexOf('=') + 1));
  }

  @Override
  public String toString() {
    return agents.isEmpty() ? Integer.toString(depth) : depth + ";" + agents;
  }
}
