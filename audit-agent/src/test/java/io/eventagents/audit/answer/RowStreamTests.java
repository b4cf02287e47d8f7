package io.eventagents.audit.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class RowStreamTests {

  private static final long MB = 1024 * 1024;

  private final AnswerRoom room = new AnswerRoom(8 * MB, Duration.ZERO);
  private final Share share = new Share(room);
  private final List<Long> given = new ArrayList<>();

  /** Rows with these sizes. */
  private RowStream.Reader<Integer> rows(long... sizes) {
    return (after, atMost, bytes) -> {
      given.add(bytes);
      int next = after == null ? 0 : after + 1;
      if (next < sizes.length && sizes[next] > bytes) {
        return Part.needing(sizes[next]);
      }
      List<Integer> read = new ArrayList<>();
      long sum = 0;
      while (next < sizes.length && read.size() < atMost && sum + sizes[next] <= bytes) {
        sum += sizes[next];
        read.add(next++);
      }
      return Part.of(read, sum, next < sizes.length);
    };
  }

  private static List<Integer> all(RowStream<Integer> stream) {
    List<Integer> rows = new ArrayList<>();
    stream.forEachRemaining(rows::add);
    return rows;
  }

  @Test
  void readsAnOrdinaryAnswerAtOnce() {
    RowStream<Integer> stream = RowStream.first(share, rows(100, 200, 300), 10, 32 * MB);

    assertThat(all(stream)).containsExactly(0, 1, 2);
    assertThat(stream.hasMore()).isFalse();
    assertThat(given).hasSize(1);
  }

  @Test
  void holdsOnePartOfALargeAnswerAtATime() {
    long[] sizes = IntStream.range(0, 100).mapToLong(i -> MB * 3 / 4).toArray();
    RowStream<Integer> stream = RowStream.all(share, rows(sizes));
    List<Integer> read = new ArrayList<>();
    while (stream.hasNext()) {
      read.add(stream.next());
      assertThat(room.free()).isGreaterThanOrEqualTo(6 * MB);
    }

    assertThat(read).hasSize(100).doesNotHaveDuplicates();
    assertThat(stream.hasMore()).isFalse();
  }

  @Test
  void endsAtItsLimitsAndSaysThatThereAreMore() {
    RowStream<Integer> rows = RowStream.first(share, rows(1, 1, 1), 2, 32 * MB);
    RowStream<Integer> bytes = RowStream.first(share, rows(MB, MB, MB, MB, MB), 10, 3 * MB + 1);

    assertThat(all(rows)).containsExactly(0, 1);
    assertThat(rows.hasMore()).isTrue();
    assertThat(all(bytes)).containsExactly(0, 1, 2);
    assertThat(bytes.hasMore()).isTrue();
    assertThat(bytes.last()).isEqualTo(2);
  }

  @Test
  void sendsTheFirstRowHoweverLargeItIs() {
    RowStream<Integer> stream = RowStream.first(share, rows(40 * MB, 1), 10, 32 * MB);

    assertThat(all(stream)).containsExactly(0);
    assertThat(stream.hasMore()).isTrue();
    assertThat(given).contains(40 * MB);
  }

  @Test
  void leavesALargeRowThatDoesNotFitToTheNextPage() {
    RowStream<Integer> first = RowStream.first(share, rows(MB, 4 * MB, 1), 10, 4 * MB);
    RowStream<Integer> fitting = RowStream.first(share, rows(MB, 3 * MB, 1), 10, 4 * MB);

    assertThat(all(first)).containsExactly(0);
    assertThat(first.hasMore()).isTrue();
    assertThat(all(fitting)).containsExactly(0, 1);
    assertThat(fitting.hasMore()).isTrue();
  }

  @Test
  void refusesAnAnswerUntilThereIsRoomForIt() {
    Share other = new Share(room);
    other.read(bytes -> Part.of(List.of(1), 7 * MB, false), 7 * MB);

    assertThatExceptionOfType(ErrorResponseException.class)
        .isThrownBy(() -> share.read(bytes -> Part.of(List.of(1), bytes, false)))
        .satisfies(
            problem -> {
              assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
              assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("5");
            });
    other.backTo(0);
    assertThat(share.read(bytes -> Part.of(List.of(1), 10, false)).rows()).hasSize(1);
    assertThat(room.free()).isEqualTo(8 * MB - 1024);
  }

  @Test
  void readsAWholeAgainWithMoreRoomIfAPartCutsIt() {
    AnswerRoom large = new AnswerRoom(64 * MB, Duration.ZERO);
    Share whole = new Share(large);

    Part<Integer> part =
        whole.readWhole(
            bytes -> rows(IntStream.range(0, 9).mapToLong(i -> MB).toArray()).read(null, 9, bytes),
            9);

    assertThat(part.rows()).hasSize(9);
    assertThat(given).containsExactly((long) AnswerRoom.PART, (long) AnswerRoom.WHOLE);
    assertThat(large.free()).isEqualTo(55 * MB);
  }

  @Test
  void releasesTheRoomIfReadingFails() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                share.read(
                    bytes -> {
                      throw new IllegalStateException("the database is away");
                    }));
    share.backTo(0);

    assertThat(room.free()).isEqualTo(8 * MB);
  }
}
