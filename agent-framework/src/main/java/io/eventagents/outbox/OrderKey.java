package io.eventagents.outbox;

import java.nio.ByteBuffer;

/** The records of one topic and key keep their order. */
record OrderKey(String topic, ByteBuffer key) {}
