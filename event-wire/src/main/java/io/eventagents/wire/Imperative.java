package io.eventagents.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
              "feed fed",
              "lead led",
              "override overridden",
              "withhold withheld",
              "catch caught",
              "overwrite overwritten",
              "rewrite rewritten",
              "run run_ended")
          .map(pair -> pair.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  private static final Set<String> REGULAR =
      Arrays.stream(
              """
              abort accept acknowledge activate add adjust admit allocate allow amend analyze append apply
              approve archive ask assemble assess assign assure attach authenticate authorize await backup
              ban block book calculate call cancel capture categorize change charge check claim clarify
              classify clean clear clone close collect combine commit compare compensate complete compose
              compress compute conclude configure confirm connect consume continue convert copy correct
              create credit deactivate debit debug decide declare decline decode decommission decrease
              decrypt deduct defer define delay delegate delete deliver demote deny deploy deposit
              deprecate deregister destroy detach detect determine disable discard disconnect discover
              dismiss dispatch distribute divide download drag drain drop edit elect email embed emit
              enable encode encrypt end enforce enqueue enroll ensure enter erase escalate estimate
              evaluate evict exceed exchange exclude execute expire export extend fail fetch file finalize
              finish fire fix flag flush follow forward fulfil fulfill gather generate grab grant halt
              handle identify ignore impersonate implement import include increase indicate infer inform
              initialize inquire insert inspect install insure interrupt introduce invalidate investigate
              invite invoice invoke isolate issue join kill launch link list load locate lock log maintain
              manage map mark merge message migrate modify monitor mount move mute nominate normalize
              notify obtain offboard omit onboard open operate optimize order organize pack park pause
              perform permit persist pick pin ping place plan play populate post postpone predict prepare
              preview print prioritize proceed process produce prohibit promote propose protect provision
              prune publish pull punish purge push qualify quarantine queue raise react reactivate
              reassign rebalance rebook reboot recalculate recall receive reclaim recommend reconcile
              reconnect record recover recreate redeem redirect reduce refer refill refine refresh refund
              register reimburse reindex reinstate reject release reload relocate rely remap remind remove
              rename render renew reopen reorder repair repeat replace replenish reply report reprocess
              request reroute reschedule reserve resize resolve respond restart restock restore restrict
              resubmit resume resync retain retire retract retrieve retry return reuse revalidate reveal
              revert review revive revoke rotate route sanitize satisfy save scale scan schedule search
              select serve settle share ship shred sign simulate skip snooze solve sort start stash stop
              store strip submit subscribe subtract succeed summarize supply suspect suspend swap switch
              sync synchronize tag terminate test toggle track transcribe transfer transform translate
              transmit trigger trim truncate try tune unarchive unassign unban unblock undelete unfollow
              uninstall unlink unlock unmount unpin unpublish unregister unsubscribe untag unwrap unzip
              update upgrade upload use validate verify view void vote wait warn weigh wrap zip
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
        .filter(Imperative::isVerb)
        .findFirst()
        .map(verb -> new Imperative(verb, inPast(action, verb)));
  }

  private static String inPast(String action, String verb) {
    return Pattern.compile("(?<![a-z0-9])" + verb + "(?![a-z0-9])")
        .matcher(action)
        .replaceFirst(pastOf(verb));
  }

  private static boolean isPast(String word) {
    return (word.endsWith("ed") && word.length() > 3 && !isVerb(word))
        || IRREGULAR.containsValue(word);
  }

  private static boolean isVerb(String word) {
    return REGULAR.contains(word) || IRREGULAR.containsKey(word);
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
      Set.of(
          ("admit ban commit debug defer drag drop flag grab infer log map omit permit pin plan"
                  + " refer resubmit scan ship skip stop strip submit swap tag transfer transmit trim"
                  + " unban unpin untag unwrap unzip wrap zip")
              .split(" "));
}
