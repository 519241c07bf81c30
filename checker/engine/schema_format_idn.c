/* SPDX-License-Identifier: EUPL-1.2 */
/* Labels of internationalised host names: libidn2, and what RFC 5891 to 5893 ask beyond it. */
#include <idn2.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "engine/schema_format.h"

/* More bytes than any label has that is no more than 63 as an A-label. */
enum { MAX_LABEL_BYTES = 255 };

/* Does a pattern in PCRE2's own syntax match? Labels are short, and so are the patterns. */
static bool matches(const char *pattern, struct str subject)
{
	int code;
	PCRE2_SIZE offset;
	pcre2_code *regex = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &code, &offset, NULL);
	if (!regex) return false;
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int result = pcre2_match(regex, (PCRE2_SPTR)subject.ptr, subject.len, 0, 0, data, NULL);
	pcre2_match_data_free(data);
	pcre2_code_free(regex);
	return result >= 0;
}

static bool is_right_to_left(struct str label)
{
	return matches("[\\p{bc:R}\\p{bc:AL}\\p{bc:AN}]", label);
}

/* The six conditions: the first character decides the direction, and with it which others may come. */
bool format_is_bidi_label(struct str label)
{
	static const char rtl[] = "^[\\p{bc:R}\\p{bc:AL}]"
							  "([\\p{bc:R}\\p{bc:AL}\\p{bc:AN}\\p{bc:EN}\\p{bc:ES}\\p{bc:CS}\\p{bc:ET}\\p{bc:ON}"
							  "\\p{bc:BN}\\p{bc:NSM}]*[\\p{bc:R}\\p{bc:AL}\\p{bc:EN}\\p{bc:AN}])?\\p{bc:NSM}*$";
	static const char ltr[] = "^\\p{bc:L}([\\p{bc:L}\\p{bc:EN}\\p{bc:ES}\\p{bc:CS}\\p{bc:ET}\\p{bc:ON}\\p{bc:BN}"
							  "\\p{bc:NSM}]*[\\p{bc:L}\\p{bc:EN}])?\\p{bc:NSM}*$";
	if (matches(ltr, label)) return true;
	return matches(rtl, label) && !(matches("\\p{bc:EN}", label) && matches("\\p{bc:AN}", label));
}

/* Lower case, and with a NUL behind it; false when no label is so long. */
static bool copy_label(struct str label, char copy[MAX_LABEL_BYTES + 1])
{
	if (label.len > MAX_LABEL_BYTES || memchr(label.ptr, '\0', label.len)) return false;
	for (size_t i = 0; i < label.len; i++)
		copy[i] = label.ptr[i] >= 'A' && label.ptr[i] <= 'Z' ? (char)(label.ptr[i] | 0x20) : label.ptr[i];
	copy[label.len] = '\0';
	return true;
}

/* Hyphens in the third and fourth place are for labels of another kind (RFC 5891 section 4.2.3.1). */
static bool has_hyphens(struct str label)
{
	return matches("^..--", label);
}

/* A U-label, and the A-label that it has to be when that is given; sets the length of the A-label. */
static bool check_unicode(const char *unicode, const char *ascii, size_t *length, bool *right_to_left)
{
	uint8_t *registered = NULL;
	struct str label = str_of(unicode);
	int result = idn2_register_u8((const uint8_t *)unicode, (const uint8_t *)ascii, &registered, 0);
	if (result == IDN2_OK) *length = strlen((const char *)registered);
	idn2_free(registered);
	if (result != IDN2_OK || has_hyphens(label)) return false;
	*right_to_left = is_right_to_left(label);
	return !*right_to_left || format_is_bidi_label(label);
}

bool format_is_idn_label(struct str label, size_t *length, bool *right_to_left)
{
	char copy[MAX_LABEL_BYTES + 1];
	char *unicode = NULL;
	if (!copy_label(label, copy)) return false;
	bool coded = str_starts(str_of(copy), STR("xn--"));
	/* ASCII capitals are no part of U-labels, but mean the same in names: libidn2 is asked about what is written. */
	if (!coded) {
		memcpy(copy, label.ptr, label.len);
		return check_unicode(copy, NULL, length, right_to_left);
	}
	if (idn2_to_unicode_8z8z(copy, &unicode, 0) != IDN2_OK) return false;
	bool valid = check_unicode(unicode, copy, length, right_to_left);
	idn2_free(unicode);
	return valid;
}
