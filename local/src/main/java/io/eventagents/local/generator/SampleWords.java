package io.eventagents.local.generator;

import java.util.List;
import java.util.SplittableRandom;

/** Names of people, products and places, and texts. */
final class SampleWords {

  private static final int CUSTOMERS = 20_000;

  private static final List<String> FIRST =
      List.of(
          "Ada", "Bela", "Chloé", "Deniz", "Emre", "Fatima", "Goran", "Hanna", "Ilse", "José",
          "Kim", "Lars", "Mei", "Noor", "Olga", "Pavel", "Quinn", "Rosa", "Søren", "Tomoko");
  private static final List<String> LAST =
      List.of(
          "Almeida",
          "Berger",
          "Costa",
          "Dubois",
          "Eriksen",
          "Fischer",
          "García",
          "Horváth",
          "Ivanova",
          "Jansen",
          "Kowalski",
          "Lindqvist",
          "Müller",
          "Novák",
          "Okafor",
          "Petrov",
          "Rossi",
          "Şahin",
          "Tanaka",
          "Weber");
  private static final List<String> CITIES =
      List.of(
          "Berlin",
          "Bologna",
          "Brno",
          "Gdańsk",
          "Győr",
          "Leuven",
          "Lyon",
          "Malmö",
          "Porto",
          "Utrecht",
          "Valencia",
          "Zürich");
  private static final List<String> PRODUCTS =
      List.of(
          "Field notebook, dotted",
          "Desk lamp, brass",
          "Espresso cups, set of four",
          "Wool blanket, grey",
          "Standing desk, oak",
          "Bicycle bell, chrome",
          "Travel adapter",
          "Fountain pen, fine nib",
          "Cast iron pan, 28 cm",
          "Reading glasses, +1.5",
          "Rain jacket, yellow",
          "Chess set, walnut");
  private static final List<String> NOTES =
      List.of(
          "Please leave the parcel with the neighbour on the second floor.",
          "Ring twice, the bell is broken.",
          "A birthday present: no invoice in the parcel, please.",
          "Deliver after 17:00 only.",
          "The last one arrived scratched. Pack it well this time!",
          "Side entrance, behind the <b>blue</b> door & up the stairs.");
  private static final List<String> REVIEWS =
      List.of(
          "Arrived quickly and exactly as described.",
          "Good value, but the parcel was badly damaged.",
          "Wrong colour. Sending it back was painless.",
          "Best purchase of the year.",
          "Took far too long, nobody answered my mails.");

  private SampleWords() {}

  static String of(SplittableRandom random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  static String city(SplittableRandom random) {
    return of(random, CITIES);
  }

  static String product(SplittableRandom random) {
    return of(random, PRODUCTS);
  }

  static String note(SplittableRandom random) {
    return of(random, NOTES);
  }

  static String review(SplittableRandom random) {
    return of(random, REVIEWS);
  }

  /**
   * A customer. There are fewer customers than chains, so that a search for one finds several
   * chains.
   *
   * @param ownerId in the form that tasks use for people
   */
  record Customer(String ownerId, String name, String email) {

    static Customer of(SplittableRandom random) {
      int number = random.nextInt(CUSTOMERS);
      String first = FIRST.get(number % FIRST.size());
      String last = LAST.get(number / FIRST.size() % LAST.size());
      return new Customer(
          "user-" + (10_000 + number), first + " " + last, "customer-" + number + "@mail.example");
    }
  }
}
