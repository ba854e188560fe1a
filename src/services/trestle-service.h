/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-client.h"
#include "base/trestle-json.h"

G_BEGIN_DECLS

/* What all services share: a call whose answer is read with the JSON cursor, and the one loop over pages. */

/**
 * TrestleServiceRead:
 * @at: the whole answer, or one element of a list
 * @reply: the call
 *
 * Returns: (transfer full) (nullable): the domain object; NULL passes an element over
 */
typedef gpointer (*TrestleServiceRead) (TrestleJson at, TrestleAwsReply *reply, gpointer data);

/**
 * trestle_service_call:
 * @input: (transfer full) (nullable): the input's members
 * @read: makes the object of the answer
 *
 * Returns: (transfer full): resolves to what @read made; rejects with %TRESTLE_AWS_ERROR_PROTOCOL, which names
 *   the path, where the answer is not as it should be
 */
DexFuture *trestle_service_call (TrestleAwsClient *client,
                                 const char *service,
                                 const char *operation,
                                 JsonObject *input,
                                 TrestleServiceRead read,
                                 gpointer data,
                                 GDestroyNotify destroy);

/** trestle_service_call_full: the same for a call that says more than its input */
DexFuture *trestle_service_call_full (TrestleAwsClient *client,
                                      const TrestleAwsCall *call,
                                      TrestleServiceRead read,
                                      gpointer data,
                                      GDestroyNotify destroy);

/** trestle_service_call_string: resolves to the text of the answer's @member ("" where @member is %NULL or absent) */
DexFuture *trestle_service_call_string (TrestleAwsClient *client,
                                        const char *service,
                                        const char *operation,
                                        JsonObject *input,
                                        const char *member);

/** trestle_service_call_string_full: the same for a call that says more than its input */
DexFuture *trestle_service_call_string_full (TrestleAwsClient *client,
                                             const TrestleAwsCall *call,
                                             const char *member);

/**
 * TrestleServicePage:
 * @items: objects of this page
 *
 * Is told each page as it comes. Returns: whether to go on
 */
typedef gboolean (*TrestleServicePage) (GListModel *items, gpointer data);

/**
 * TrestleServiceList:
 * @token_in: the member that carries the token back, "NextToken"
 * @token_out: the member that brings it
 * @items: the list's member
 * @region: (nullable): another Region than the client's; copied
 * @max_pages: bound against an endless answer; 0: 1000
 * @read: makes an object of each element
 * @page: (nullable): is told each page
 *
 * How a list is read, page after page. Its texts are kept as they are, so they have to be static.
 */
typedef struct
{
  const char *service;
  const char *operation;
  const char *token_in;
  const char *token_out;
  const char *items;
  const char *region;
  guint max_pages;
  TrestleServiceRead read;
  TrestleServicePage page;
  gpointer data;
  GDestroyNotify destroy;
} TrestleServiceList;

/**
 * trestle_service_collect:
 * @list: copied
 * @input: (transfer full) (nullable): the input's members without the token
 *
 * Returns: (transfer full): resolves to a #GListModel of all elements in order. A token that comes twice, or
 *   more pages than the bound, is %TRESTLE_AWS_ERROR_PROTOCOL.
 */
DexFuture *trestle_service_collect (TrestleAwsClient *client,
                                    const TrestleServiceList *list,
                                    JsonObject *input);

/** trestle_input_text: sets @name unless @value is %NULL */
void trestle_input_text (JsonObject *input, const char *name, const char *value);

/** trestle_input_texts: sets @name to a list of texts: @values, NULL-terminated */
void trestle_input_texts (JsonObject *input, const char *name, const char *const *values);

/** trestle_input_tags: sets "Tags" from @tags (element-type utf8 utf8), (nullable) */
void trestle_input_tags (JsonObject *input, GHashTable *tags);

G_END_DECLS
