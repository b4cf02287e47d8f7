package io.eventagents.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A verb in its base form where a past tense is expected.
 *
 * <p>Found by a list rather than by endings: {@code reminder.due} and {@code order.paid} are facts
 * that no ending tells. Verbs whose past looks like their base ({@code put}, {@code set}, {@code
 * read}) are not in it.
 */
record Imperative(String verb, String suggestion) {

  private static final Map<String, String> IRREGULAR =
      Stream.of(
              "send sent",
              "make made",
              "begin begun",
              "break broken",
              "bring brought",
              "build built",
              "buy bought",
              "choose chosen",
              "do done",
              "draw drawn",
              "find found",
              "forget forgotten",
              "freeze frozen",
              "get got",
              "give given",
              "go gone",
              "hide hidden",
              "hold held",
              "keep kept",
              "know known",
              "leave left",
              "lend lent",
              "lose lost",
              "meet met",
              "pay paid",
              "sell sold",
              "show shown",
              "speak spoken",
              "spend spent",
              "take taken",
              "tell told",
              "throw thrown",
              "undo undone",
              "withdraw withdrawn",
              "write written",
              "rebuild rebuilt",
              "resend resent",
              "bind bound",
              "unbind unbound",
              "win won",
              "catch caught",
              "overwrite overwritten",
              "rewrite rewritten",
              "run run_ended")
          .map(pair -> pair.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  private static final Set<String> REGULAR =
      Arrays.stream(
              """
              abort accept acknowledge activate add adjust allocate allow amend append apply approve archive ask assign
              attach authenticate authorize await backup ban block book calculate call cancel capture change charge check
              claim clean clear clone close collect combine commit complete compute configure confirm connect consume
              convert copy correct create credit deactivate debit declare decline decrease decrypt delay delegate delete
              deliver demote deny deploy deposit detach detect disable discard disconnect dismiss dispatch download edit
              elect email emit enable encrypt end enqueue enroll ensure erase escalate estimate evaluate exchange execute
              expire export extend fail fetch file finish fire fix flag follow forward fulfill generate grant handle
              ignore import increase index inform initialize insert inspect install invite invoice invoke issue join kill
              launch link list load lock log mark merge message migrate modify monitor move mute notify open order pack
              park pause perform persist pick ping place plan post postpone prepare print process produce promote propose
              provision publish pull purge push queue quit raise recalculate receive reconcile record recover redeem
              reduce refresh refund register reject release reload remind remove rename renew reopen repair replace reply
              report request reschedule reserve reset_all resolve restart restore resume retire retrieve retry return
              revert review revoke rotate save scale scan schedule search select sign skip snooze sort start stop store
              submit subscribe suspend sync synchronize terminate test track transfer transform trigger try unblock
              unlock unregister unsubscribe update upgrade upload use validate verify view void wait warn
              """
                  .strip()
                  .split("\\s+"))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * The first imperative among the words of an action, unless another word of it is in the past
   * tense.
   */
  static Optional<Imperative> in(String action) {
    List<String> words = List.of(action.toLowerCase(Locale.ROOT).split("[_-]"));
    if (words.stream().anyMatch(Imperative::isPast)) {
      return Optional.empty();
    }
    return words.stream()
        .filter(word -> REGULAR.contains(word) || IRREGULAR.containsKey(word))
        .findFirst()
        .map(verb -> new Imperative(verb, action.replaceFirst(verb, pastOf(verb))));
  }

  private static boolean isPast(String word) {
    return (word.endsWith("ed") && word.length() > 3 && !REGULAR.contains(word))
        || IRREGULAR.containsValue(word);
  }

  private static String pastOf(String verb) {
    String irregular = IRREGULAR.get(verb);
    if (irregular != null) {
      return irregular;
    }
    if (verb.endsWith("e")) {
      return verb + "d";
    }
    if (verb.endsWith("y")
        && !"aeiou".contains(verb.substring(verb.length() - 2, verb.length() - 1))) {
      return verb.substring(0, verb.length() - 1) + "ied";
    }
    return DOUBLED.contains(verb) ? verb + verb.charAt(verb.length() - 1) + "ed" : verb + "ed";
  }

  private static final Set<String> DOUBLED =
      Set.of("ban", "commit", "flag", "log", "plan", "scan", "skip", "stop", "submit", "transfer");
}
