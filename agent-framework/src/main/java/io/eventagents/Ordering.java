package io.eventagents;

/**
 * What becomes of a key's later events when one of them has gone to the dead letters.
 *
 * <pre>{@code
 * @Bean
 * @Agent(effects = Effects.DATABASE, ordering = Ordering.STRICT)
 * Function<Event<PaymentChange>, AccountChanged> ledger(Accounts accounts) { ... }
 * }</pre>
 */
public enum Ordering {

  /**
   * They pass it: the agent goes on with the next event, and a replay comes after what was handled
   * meanwhile. The default.
   */
  PASSING,

  /**
   * They wait behind it, stored in the agent's database, until it is replayed successfully or
   * discarded; then they are handled in their order, before anything newer of the key. Records
   * without a key wait for nothing. Only for {@link Effects#DATABASE} and {@link Effects#EXTERNAL}.
   */
  STRICT
}
