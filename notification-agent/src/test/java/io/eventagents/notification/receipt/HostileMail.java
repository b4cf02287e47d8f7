package io.eventagents.notification.receipt;

/** Mails that are written to break their reader. */
enum HostileMail {
  NESTED(true) {
    @Override
    String text() {
      StringBuilder mail = new StringBuilder();
      for (int level = 0; level < 1_000; level++) {
        mail.append("Content-Type: multipart/report; report-type=delivery-status; boundary=b")
            .append(level)
            .append("\r\n\r\n--b")
            .append(level)
            .append("\r\n");
      }
      return mail.toString();
    }
  },
  NESTED_MESSAGES(true) {
    @Override
    String text() {
      return report(
          "message/rfc822\r\n\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(1_000));
    }
  },
  HUNDRED_THOUSAND_HEADERS(false) {
    @Override
    String text() {
      return "X-Header: value\r\n".repeat(100_000) + "\r\nHello";
    }
  },
  REPORT_WITH_HUNDRED_THOUSAND_HEADERS(true) {
    @Override
    String text() {
      return "Content-Type: multipart/report; boundary=b\r\n"
          + "X-Header: value\r\n".repeat(100_000)
          + "\r\nHello";
    }
  },
  LONG_HEADER(false) {
    @Override
    String text() {
      return "Subject: " + "x".repeat(1_000_000) + "\r\n\r\nHello";
    }
  },
  LONG_CONTENT_TYPE(true) {
    @Override
    String text() {
      return "Content-Type: multipart/report; x=\"" + "y".repeat(1_000_000) + "\"\r\n\r\nHello";
    }
  },
  PARAMETERS_WITHOUT_END(true) {
    @Override
    String text() {
      StringBuilder mail = new StringBuilder("Content-Type: multipart/report");
      for (int part = 0; part < 3_000; part++) {
        mail.append(";\r\n boundary*").append(part).append("*=%00%FF");
      }
      return mail.append("\r\n\r\n--\r\n").toString();
    }
  },
  GARBAGE_CONTENT_TYPE(false) {
    @Override
    String text() {
      return "Content-Type: ;;;===\"\0\\\r\n\r\nHello";
    }
  },
  GARBAGE_PARAMETERS(true) {
    @Override
    String text() {
      return "Content-Type: multipart/report;;; report-type==\"\r\n\r\nHello";
    }
  },
  MISSING_BOUNDARY(true) {
    @Override
    String text() {
      return "Content-Type: multipart/report; report-type=delivery-status\r\n\r\nHello";
    }
  },
  BOUNDARY_THAT_NEVER_COMES(true) {
    @Override
    String text() {
      return "Content-Type: multipart/report; boundary=b\r\n\r\n" + "--c\r\n".repeat(10_000);
    }
  },
  BAD_BASE64(true) {
    @Override
    String text() {
      return report(
          "message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!%%%%====\0\0");
    }
  },
  UNKNOWN_ENCODING(true) {
    @Override
    String text() {
      return report(
          "message/delivery-status\r\nContent-Transfer-Encoding: x-\0\r\n\r\nAction: failed");
    }
  },
  BAD_CHARSET(false) {
    @Override
    String text() {
      return report(
          "message/delivery-status; charset=\"no\0such\"\r\n\r\nReporting-MTA: x\r\n\r\nAction:"
              + " =?no-such?B?!!?=");
    }
  },
  EMPTY_STATUS(true) {
    @Override
    String text() {
      return report("message/delivery-status\r\n\r\n");
    }
  },
  THOUSANDS_WITHOUT_ACTION(true) {
    @Override
    String text() {
      return report(
          "message/delivery-status\r\n\r\n"
              + "Final-Recipient: rfc822; a\0b@company.com\r\n\r\n".repeat(10_000));
    }
  },
  ID_WITH_NUL(true) {
    @Override
    String text() {
      return SignedReceipts.report("bounced.eml", "<a\0b@company.com>");
    }
  },
  LONG_ID(true) {
    @Override
    String text() {
      return SignedReceipts.report("bounced.eml", "<" + "x".repeat(6_000) + "@company.com>");
    }
  },
  TINY_PARTS(true) {
    @Override
    String text() {
      return report("text/plain\r\n\r\n" + "--b\n\n".repeat(200));
    }
  },
  TINY_GROUPS(true) {
    @Override
    String text() {
      return report("message/delivery-status\r\n\r\n" + "\r\n".repeat(200_000));
    }
  },
  STATUS_IN_ONE_LINE(true) {
    @Override
    String text() {
      return report("message/delivery-status\r\n\r\n" + "Action failed ".repeat(200_000));
    }
  },
  THOUSANDS_OF_FIELDS(true) {
    @Override
    String text() {
      StringBuilder fields = new StringBuilder("message/delivery-status\r\n\r\n");
      for (int field = 0; field < 50_000; field++) {
        fields.append('X').append(field).append(": y\r\n");
      }
      return report(fields.toString());
    }
  },
  STATUS_FOLDED_WITHOUT_END(false) {
    @Override
    String text() {
      return report("message/delivery-status\r\n\r\nAction:\r\n" + " x\r\n".repeat(100_000));
    }
  },
  MIXED_WITHOUT_BOUNDARY(false) {
    @Override
    String text() {
      return "Content-Type: multipart/mixed\r\n\r\nHello";
    }
  },
  MIXED_WITH_TINY_PARTS(false) {
    @Override
    String text() {
      return "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\n\n".repeat(200);
    }
  },
  MIXED_NESTED(false) {
    @Override
    String text() {
      StringBuilder mail = new StringBuilder();
      for (int level = 0; level < 1_000; level++) {
        mail.append("Content-Type: multipart/mixed; boundary=b")
            .append(level)
            .append("\r\n\r\n--b")
            .append(level)
            .append("\r\n");
      }
      return mail.toString();
    }
  },
  MIXED_WITH_NESTED_MESSAGES(false) {
    @Override
    String text() {
      return "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
          + "Content-Type: message/rfc822\r\n\r\n".repeat(1_000);
    }
  },
  LARGE_ATTACHMENT(false) {
    @Override
    String text() {
      return "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
          + "--b\r\nContent-Type: text/plain\r\n\r\n"
          + "x".repeat(3_000_000)
          + "\r\n--b--\r\n";
    }
  },
  ANSWER_OF_A_PERSON(false) {
    @Override
    String text() {
      return SignedReceipts.report("holiday.eml", "<a@company.com>");
    }
  },
  NOTHING(false) {
    @Override
    String text() {
      return "";
    }
  };

  private final boolean aReport;

  HostileMail(boolean aReport) {
    this.aReport = aReport;
  }

  /** Whether it is a report that cannot be read. */
  boolean isAReport() {
    return aReport;
  }

  abstract String text();

  private static String report(String part) {
    return "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: "
        + part
        + "\r\n--b--\r\n";
  }
}
