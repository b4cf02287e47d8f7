package io.eventagents.audit.index;

/**
 * An event in its chain.
 *
 * @param record the first that carries it
 * @param place in the order of causes, from 0
 * @param depth how many causes within the chain lead to it; 0 for a root
 * @param occurrences how many records of the chain have its id
 * @param missingParent whether its cause is an event that is not logged, or not yet
 */
public record ChainRecord(
    FoundRecord record, int place, int depth, int occurrences, boolean missingParent) {}
